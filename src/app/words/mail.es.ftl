# Correos a las personas, en español. Ronda, lista del personal, promesa; nada técnico. La página de la encuesta dice lo mismo en client/words.
# Las dos formas de tratamiento figuran juntas, [usted|tú]; el cuestionario dice cuál vale.

weekday = { $weekday ->
    [1] lunes
    [2] martes
    [3] miércoles
    [4] jueves
    [5] viernes
    [6] sábado
   *[7] domingo
  }
month = { $month ->
    [1] enero
    [2] febrero
    [3] marzo
    [4] abril
    [5] mayo
    [6] junio
    [7] julio
    [8] agosto
    [9] septiembre
    [10] octubre
    [11] noviembre
   *[12] diciembre
  }
date = { $weekday } { $day } de { $month } de { $year }
moment = { $date }, { $time } ({ $zone })
time-of = hora local, { $place }
quoted = «{ $text }»
and = y
# «y» ante un nombre que empieza con el sonido i; solo algunos idiomas tienen ahí otra palabra.
and-before-i = e

greeting = Hola, { $name }:
greeting-all = Hola:

invitation-subject = { $organisation }: encuesta anónima, abierta hasta el { $date }
invitation-subject-manual = { $organisation }: encuesta anónima
invitation-lead = { $organisation } [le pide su|te pide tu] opinión: { $title }. { $statements ->
    [one] Una afirmación
   *[other] { $statements } afirmaciones
  }; duración aproximada: { $minutes ->
    [one] un minuto
   *[other] { $minutes } minutos
  }. [Puede|Puedes] dejar en blanco las que [desee|quieras].

reminder-subject = Recordatorio: { $organisation }, encuesta anónima, abierta hasta el { $date }
reminder-subject-manual = Recordatorio: { $organisation }, encuesta anónima
reminder-lead = La encuesta de { $organisation } sigue abierta: { $title }. { $statements ->
    [one] Una afirmación
   *[other] { $statements } afirmaciones
  }; duración aproximada: { $minutes ->
    [one] un minuto
   *[other] { $minutes } minutos
  }. La participación es voluntaria.
reminder-crossed = Si [ha|has] respondido entretanto, este correo se ha cruzado con [su respuesta y no tiene|tu respuesta y no tienes] que hacer nada más. Este enlace y los de los correos anteriores abren la misma encuesta; cada persona cuenta una vez.

open-until = Abierta hasta el { $moment }.
open-until-extended = Prolongada: abierta hasta el { $moment }.
days = { $days ->
    [one] { $days } día
   *[other] { $days } días
  }
open-manual = Esto es una demostración: la ronda se cierra a mano.

answer-button = Responder a la encuesta
answer-personal = Este enlace es personal. Quien lo tenga puede responder en [su lugar, así que no reenvíe|tu lugar, así que no reenvíes] este correo.
code-intro = Si el enlace no funciona o [prefiere|prefieres] otro dispositivo: [abra|abre] { $page } e [introduzca|introduce] este código.
code-label = [Su|Tu] código

group-led = [Su|Tu] equipo es { $team }, dirigido por { $leaders }.
group-teams = En este grupo responden varios equipos: { $teams }.
group-unled = [Su|Tu] equipo es { $team }; no se indica quién lo dirige.

protection-receipt = Después de enviar [recibirá|recibirás] un justificante. Con él [puede comprobar que su|puedes comprobar que tu] respuesta se ha contado.
limits-more = Qué más podría salir mal, y cómo comprobar esta promesa, se explica en la página de la encuesta: { $page }

# Lo que dice la promesa cuando la organización no dice nada propio, detrás de «Para qué sirve:» y «Para qué no debe usarse:»; que no sirve para evaluar es una frase aparte.
sheet-purpose = Para ver si se puede hablar con franqueza, reconocer errores y pedir ayuda mientras la exigencia sigue siendo alta, y para hablarlo en el equipo.
sheet-not-for = Para decidir sobre sueldos, ascensos o sanciones, ni para averiguar quién dijo qué.

words-title = Palabras de control
words-intro = Estas palabras son una huella de la promesa de esta ronda y de [su|tu] grupo. La página de la encuesta también las muestra. Si allí son distintas, o si no coinciden con las de otras personas de [su|tu] grupo, no [responda y comuníquelo|respondas y comunícalo] a la representación del personal o a Recursos Humanos.
words-round = Las mismas para todas las personas de esta ronda
words-group = Las mismas para todas las personas de [su|tu] grupo

reminders-until = Los recordatorios solo se envían mientras no haya llegado ninguna respuesta con un enlace [suyo|tuyo].
reminders-none = ¿No [desea|quieres] recibir recordatorios de esta ronda? [Indíquelo|Indícalo] aquí; no es una respuesta y [su|tu] enlace sigue funcionando.
reminders-button = No enviarme recordatorios de esta ronda

closing-subject = { $organisation }: la encuesta se ha cerrado. ¿Qué consta sobre [usted|ti]?
closing-lead = La encuesta de { $organisation } ya no acepta respuestas: { $title }. Todas las personas invitadas por correo reciben este, con el mismo texto.
closing-status = La página de este enlace indica qué consta sobre [usted|ti]: si [ha|has] respondido o no. No sabe qué [ha|has] respondido.
closing-button = ¿Qué consta sobre mí?
closing-receipt = Allí hay también una lista de todas las respuestas contadas, sin nombres. Si [guardó su|guardaste tu] justificante, [puede|puedes] buscarlo en ella.
closing-objections = Si [su|tu] justificante no figura en la lista, [presente|presenta] allí una reclamación hasta el { $moment }; hasta entonces no se abre nada. Si lo que consta sobre [usted|ti] no es correcto, [comuníquelo|comunícalo] a la representación del personal o a Recursos Humanos.
closing-objections-manual = Si [su|tu] justificante no figura en la lista, [presente|presenta] allí una reclamación antes de que se abran las respuestas. Si lo que consta sobre [usted|ti] no es correcto, [comuníquelo|comunícalo] a la representación del personal o a Recursos Humanos.
closing-publication = El resultado se publica el { $moment } como muy pronto. Después se destruyen la clave y todas las respuestas selladas.
closing-publication-manual = Cuando se publica el resultado, se destruyen la clave y todas las respuestas selladas.
closing-publication-holder = { $holder } abre las respuestas, con una clave que el operador no tiene. El resultado se publica el { $moment } como muy pronto. Después, el operador destruye todas las respuestas selladas, y { $holder }, la clave.
closing-publication-holder-manual = { $holder } abre las respuestas, con una clave que el operador no tiene. Cuando se publica el resultado, el operador destruye todas las respuestas selladas, y { $holder }, la clave.
closing-team = A partir del { $moment }, como muy pronto, el mismo enlace lleva al resultado de [su|tu] grupo. No habrá otro correo al respecto.
closing-team-manual = Cuando se publica el resultado, el mismo enlace lleva al resultado de [su|tu] grupo. No habrá otro correo al respecto.
closing-addresses = Tras el comienzo de la ronda, el correo no llegó a { $count ->
    [one] una persona, y recursos humanos indicó otra dirección para ella. Se avisó a la dirección anterior.
   *[other] { $count } personas, y recursos humanos indicó otras direcciones para ellas. Se avisó a las direcciones anteriores.
  }
closing-found-later = Durante la ronda se encontró algo que su promesa no dice:

moved-subject = { $organisation }: se ha cambiado [su|tu] dirección para la encuesta
moved-lead = De esta dirección volvieron correos de la encuesta «{ $title }» de { $organisation }. Recursos humanos ha indicado otra; a esta no llegarán más correos sobre esta ronda.
moved-tell = Si no [sabe|sabes] nada de ello, [dígaselo|díselo] al comité de empresa o a recursos humanos: quien lea los correos en la nueva dirección puede responder en [su|tu] lugar. A todo el mundo se le dice cuántas direcciones se han cambiado.
moved-keep = Los enlaces que llegaron aquí siguen siendo válidos mientras se pueda responder. Por muchos enlaces que tenga alguien, cuenta una sola vez.

aborted-subject = { $organisation }: la encuesta ha terminado sin resultado
aborted-lead = La encuesta de { $organisation } ha terminado sin resultado: { $title }. Todas las personas invitadas por correo reciben este, con el mismo texto.
aborted-reason = Motivo indicado: { $reason }
aborted-destroyed = Se han destruido todas las respuestas y también la clave que las abre. A nadie se le ha mostrado ningún resultado, y Candor ya no puede mostrar ninguno.
aborted-key-lost = Se han destruido todas las respuestas. La clave que las abre se había perdido antes; por eso nadie puede decir que también se haya destruido. A nadie se le ha mostrado ningún resultado, y Candor ya no puede mostrar ninguno.
aborted-destroyed-holder = Se han destruido todas las respuestas que tenía el operador. La clave que las abre la tiene { $holder }, y debe destruirse también. A nadie se le ha mostrado ningún resultado, y Candor ya no puede mostrar ninguno.
aborted-trend = Los informes mostrarán un hueco en esta ronda. No [tiene|tienes] que hacer nada; [su|tu] enlace ya no funciona.

access-subject = { $organisation }: [su|tu] acceso a los resultados de encuestas
access-subject-again = { $organisation }: [elija|elige] una nueva contraseña
access-lead = Se [le|te] ha dado una cuenta para las encuestas de { $organisation }. [Su|Tu] nombre de acceso es { $login }. [Elija|Elige] primero una contraseña.
access-lead-again = Quien gestiona las cuentas para las encuestas de { $organisation } ha hecho enviar este correo para que [pueda|puedas] elegir otra contraseña para el nombre { $login }. Hasta entonces vale la actual.
access-button = Elegir una contraseña
access-once = El enlace funciona una vez, en un plazo de { $hours ->
    [one] una hora
   *[other] { $hours } horas
  }, para quien lo tenga: no lo [comparta|compartas]. Un correo más reciente lo sustituye.
access-unasked = Si no [esperaba|esperabas] este correo, no [use|uses] el enlace y [avise|avisa] a quien gestiona las cuentas.

footer-automatic = Este correo lo ha enviado { $organisation } con Candor. Las respuestas a este correo no llegan a la encuesta; no [escriba en él sus|escribas en él tus] respuestas.
footer-tracking = No contiene imágenes ni contadores: Candor no sabe si lo [ha|has] abierto.

# Las páginas pequeñas sin programa; cada una muestra todos los idiomas, primero el del navegador. Aquí: una dirección donde no hay nada, y un momento
# en que no se puede leer nada.
language-name = Español
nowhere = No hay ninguna encuesta en esta dirección
nowhere-way = [Vuelva a abrir|Vuelve a abrir] el enlace de [su|tu] correo, o [abra|abre] la dirección que figura junto a [su|tu] código y [escriba|escribe] allí el código.
nowhere-code = Escribir mi código
away = No disponible por un momento
away-later = Las respuestas que han llegado no se han perdido. [Vuelva|Vuelve] a cargar esta página dentro de un minuto.

# La página del botón «No enviarme recordatorios»; muestra todos los idiomas, primero el del navegador.
quiet-ask = ¿No [desea|quieres] más recordatorios de esta ronda?
quiet-ask-link = [Pulse|Pulsa] el botón y no [recibirá|recibirás] más recordatorios de esta ronda. [Su|Tu] enlace personal sigue funcionando mientras la ronda esté abierta.
quiet-button = No enviarme más recordatorios
quiet-done = No [recibirá|recibirás] más recordatorios
quiet-done-link = No [recibirá|recibirás] más recordatorios de esta ronda. [Su|Tu] enlace personal sigue funcionando.
quiet-last-mail = Cuando se cierre la ronda [recibirá|recibirás] un correo más, como todas las personas invitadas por correo.
quiet-over = Esta ronda ha terminado
quiet-over-no-more = Ya no acepta respuestas y no habrá más recordatorios sobre ella.
quiet-unknown = No se ha encontrado nada en esta dirección
quiet-unknown-copy = No se ha cambiado nada. Quizá la dirección se ha cortado: [cópiela|cópiala] entera desde [su|tu] correo.
quiet-unavailable = No disponible por un momento
quiet-unavailable-later = No se ha cambiado nada. [Inténtelo|Inténtalo] de nuevo dentro de un minuto.

# Tarjetas de código impresas, para personas sin buzón propio, y la portada para quien imprime. No hay sitio para frases largas.
card-group = Grupo: { $group }
card-how = Escanear, o abrir esta dirección e introducir el código:
card-link = Código QR con el enlace de esta tarjeta
card-words = Palabras de control: { $words }; del grupo: { $group }
card-promise = Las respuestas se sellan antes de enviarlas; de las afirmaciones solo se obtienen cifras de { $k } personas o más.
card-drawn = Candor no sabe quién tiene esta tarjeta.
card-printed = Quien imprimió esta tarjeta conoce su código y podría usarlo. Cuenta una vez. Tras el cierre, su código indica en la misma dirección si se usó.

cards-title = { $organisation }: tarjetas de código
cards-heap = { $cards ->
    [one] Una tarjeta
   *[other] { $cards } tarjetas
  } para el grupo { $group }: una para cada persona del grupo que no recibe correo.
cards-teams = Equipos de este grupo: { $teams }.
cards-draw = Recortar las tarjetas, meter cada una en un sobre cerrado, mezclarlas y dejar que cada persona saque una. No anotar en ningún sitio quién sacó cuál.
cards-alone = Como solo hay una tarjeta, se sabe de quién es. Como con un enlace recibido por correo, quien administra la base de datos podría mirar si se usó, pero no qué se respondió.
cards-lost = Una tarjeta perdida no se puede sustituir mientras dure la ronda: nadie puede decir cuál era.
cards-printed = Quien vea un código podría responder con él y, tras el cierre, ver si se usó y abrir el resultado del grupo, si los grupos leen el suyo. Las tarjetas deben entregarse cerradas; hay que destruir las que sobren y borrar el archivo después de imprimirlo.
cards-named-title = Tarjetas con nombre
cards-named = { $cards ->
    [one] Una tarjeta
   *[other] { $cards } tarjetas
  }: cada una es para la persona cuyo nombre lleva. Recortarlas y entregarlas en sobres cerrados.
cards-named-lost = Una tarjeta perdida se puede volver a imprimir para la misma persona. Entonces sirven las dos, y juntas cuentan una vez.

# La página en la que un grupo lee su resultado.
team-title = El resultado de [su|tu] grupo
team-lead = Esto es lo que dice la ronda { $round } de { $organisation } sobre [su|tu] grupo. Los grupos que aquí se nombran y quienes los dirigen leen las mismas cifras, y Recursos Humanos también.
team-earlier = Las rondas anteriores no aparecen aquí: su promesa no nombraba a los grupos entre quienes leen el resultado. Donde esta página habla de una primera ronda, se refiere a la primera que [su|tu] grupo puede leer.
team-none = Han respondido muy pocas personas para que [su|tu] grupo tenga un resultado. Nunca se muestran respuestas de menos personas de las que dice la promesa.
team-shared = La dirección de esta página es la misma para todo [su|tu] grupo. Quien la tenga puede leer la página. No nombra a ninguna de las personas que respondieron, y Candor no registra quién la lee.
