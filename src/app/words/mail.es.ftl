# Correos a las personas, en español (usted). Ronda, lista del personal, promesa; nada técnico. La página de la encuesta dice lo mismo en client/words.

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
moment = { $date }, { $time } (UTC)
and = y

greeting = Hola, { $name }:
greeting-all = Hola:

invitation-subject = { $organisation }: encuesta anónima, abierta hasta el { $date }
invitation-subject-manual = { $organisation }: encuesta anónima
invitation-lead = { $organisation } le pide su opinión: { $title }. { $statements ->
    [one] Una afirmación
   *[other] { $statements } afirmaciones
  }; duración aproximada: { $minutes ->
    [one] un minuto
   *[other] { $minutes } minutos
  }. Puede dejar en blanco las que desee.

reminder-subject = Recordatorio: { $organisation }, encuesta anónima, abierta hasta el { $date }
reminder-subject-manual = Recordatorio: { $organisation }, encuesta anónima
reminder-lead = La encuesta de { $organisation } sigue abierta: { $title }. { $statements ->
    [one] Una afirmación
   *[other] { $statements } afirmaciones
  }; duración aproximada: { $minutes ->
    [one] un minuto
   *[other] { $minutes } minutos
  }. La participación es voluntaria.
reminder-crossed = Si ha respondido entretanto, este correo se ha cruzado con su respuesta y no tiene que hacer nada más. Este enlace y los de los correos anteriores abren la misma encuesta; cada persona cuenta una vez.

open-until = Abierta hasta el { $moment }.
open-manual = Esto es una demostración: la ronda se cierra a mano.

answer-button = Responder a la encuesta
answer-personal = Este enlace es personal. Quien lo tenga puede responder en su lugar, así que no reenvíe este correo.
code-intro = Si el enlace no funciona o prefiere otro dispositivo: abra { $page } e introduzca este código.
code-label = Su código

group-title = Con quién cuentan sus respuestas
group-one = Usted es una de las { $invited } personas de { $group }.
group-led = Su equipo es { $team }, dirigido por { $leaders }.
group-teams = En este grupo responden varios equipos: { $teams }.
group-unled = Su equipo es { $team }; no se indica quién lo dirige.
group-few = Sus respuestas cuentan en { $group }. Si responden pocas personas de este grupo o de un grupo pequeño vecino, cuentan junto con otro grupo de { $unit }, nunca menos de { $k }.
group-level = Antes de enviar, puede elegir que sus respuestas cuenten un nivel más arriba.

protection-title = Cómo se protegen sus respuestas
protection-seal = Su navegador sella sus respuestas antes de que salgan de su dispositivo. Viajan con un número aleatorio que no está vinculado a su enlace.
protection-open = No se abre nada antes del cierre de la ronda. Después se abre todo a la vez, y de las afirmaciones solo se obtienen cifras de { $k } personas o más. Las respuestas individuales ni se muestran ni se conservan. Si la ronda pide comentarios, la página indica quién los lee.
protection-solo = El proceso del operador del servidor guarda la clave y la destruye en el momento de la publicación; es una promesa, no una prueba.
protection-passphrase = El proceso del operador del servidor guarda la clave, protegida con una frase de contraseña, y la destruye en el momento de la publicación; es una promesa, no una prueba.
protection-seen = Candor nunca muestra quién ha respondido; quien administra la base de datos podría mirarlo.
protection-receipt = Después de enviar recibirá un justificante. Con él puede comprobar que su respuesta se ha contado.

readers-title = Quién lee los resultados
readers-leaders = Cada responsable: los resultados en los que está su propio equipo. Quien dirige una unidad, también el subtotal de esa unidad.
readers-hr = Recursos Humanos: los resultados de todos los grupos y de la organización.
readers-team = Usted y su grupo: su propio resultado.
readers-no-team = Los propios grupos no reciben su resultado en esta ronda.
readers-appraisal = No debe servir para evaluar a nadie.

words-title = Palabras de control
words-intro = Estas palabras son una huella de la promesa de esta ronda y de su grupo. La página de la encuesta también las muestra. Si allí son distintas, o si no coinciden con las de otras personas de su grupo, no responda y comuníquelo a la representación del personal o a Recursos Humanos.
words-round = Las mismas para todas las personas de esta ronda
words-group = Las mismas para todas las personas de su grupo

reminders-until = Los recordatorios solo se envían mientras no haya llegado ninguna respuesta con un enlace suyo.
reminders-none = ¿No desea recibir recordatorios de esta ronda? Indíquelo aquí; no es una respuesta y su enlace sigue funcionando.
reminders-button = No enviarme recordatorios de esta ronda

closing-subject = { $organisation }: la encuesta se ha cerrado. ¿Qué consta sobre usted?
closing-lead = La encuesta de { $organisation } ya no acepta respuestas: { $title }. Todas las personas invitadas reciben este correo, con el mismo texto.
closing-status = La página de este enlace indica qué consta sobre usted: si ha respondido o no. No sabe qué ha respondido.
closing-button = ¿Qué consta sobre mí?
closing-receipt = Allí hay también una lista de todas las respuestas contadas, sin nombres. Si guardó su justificante, puede buscarlo en ella.
closing-objections = Si su justificante no figura en la lista, presente allí una reclamación hasta el { $moment }; hasta entonces no se abre nada. Si lo que consta sobre usted no es correcto, comuníquelo a la representación del personal o a Recursos Humanos.
closing-objections-manual = Si su justificante no figura en la lista, presente allí una reclamación antes de que se abran las respuestas. Si lo que consta sobre usted no es correcto, comuníquelo a la representación del personal o a Recursos Humanos.
closing-publication = El resultado se publica el { $moment } como muy pronto. Después se destruyen la clave y todas las respuestas selladas.
closing-publication-manual = Cuando se publica el resultado, se destruyen la clave y todas las respuestas selladas.

aborted-subject = { $organisation }: la encuesta ha terminado sin resultado
aborted-lead = La encuesta de { $organisation } ha terminado sin resultado: { $title }. Todas las personas invitadas reciben este correo, con el mismo texto.
aborted-reason = Motivo indicado: { $reason }
aborted-destroyed = Se han destruido todas las respuestas y también la clave que las abre. A nadie se le ha mostrado ninguna cifra, y Candor ya no puede mostrar ninguna.
aborted-trend = Los informes mostrarán un hueco en esta ronda. No tiene que hacer nada; su enlace ya no funciona.

footer-automatic = Este correo lo ha enviado { $organisation } con Candor. Las respuestas a este correo no llegan a la encuesta; no escriba en él sus respuestas.
footer-tracking = No contiene imágenes ni contadores: Candor no sabe si lo ha abierto.

# La página del botón «No enviarme recordatorios»; muestra todos los idiomas, primero el del navegador.
quiet-ask = ¿No desea más recordatorios de esta ronda?
quiet-ask-link = Pulse el botón y no recibirá más recordatorios de esta ronda. Su enlace personal sigue funcionando mientras la ronda esté abierta.
quiet-button = No enviarme más recordatorios
quiet-done = No recibirá más recordatorios
quiet-done-link = No recibirá más recordatorios de esta ronda. Su enlace personal sigue funcionando.
quiet-last-mail = Cuando se cierre la ronda recibirá un correo más, como todas las personas invitadas.
quiet-over = Esta ronda ha terminado
quiet-over-no-more = Ya no acepta respuestas y no habrá más recordatorios sobre ella.
quiet-unknown = No se ha encontrado nada en esta dirección
quiet-unknown-copy = No se ha cambiado nada. Quizá la dirección se ha cortado: cópiela entera desde su correo.
quiet-unavailable = No disponible por un momento
quiet-unavailable-later = No se ha cambiado nada. Inténtelo de nuevo dentro de un minuto.
