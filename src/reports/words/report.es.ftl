# Resultados de las rondas, en español. Puntos de 100, nunca porcentajes; ronda y grupo; nada técnico. Ninguna frase afirma más que su cifra.

# Todos los informes
not-for-appraisal = No debe servir para evaluar a nadie.
why-not = Este resultado pertenece al grupo: para hablar de él y para actuar. No dice nada del trabajo de ninguna persona en particular, y ninguna decisión sobre una persona puede basarse en él.
not-validated = Las afirmaciones aún no están validadas: se redactaron con cuidado, pero todavía nadie ha comprobado en qué medida miden lo que dicen sus títulos.
scale = 0 puntos querría decir que todas las personas dieron la respuesta menos favorable a cada afirmación; 100 puntos, la más favorable.
range = Cada intervalo se calcula de modo que contenga el valor verdadero unas 19 veces de cada 20. Es más estrecho donde respondieron más personas, y nunca exacto, porque las sumas solo se publican por escalones, para que no se pueda calcular ninguna respuesta individual.
silent = No puede mostrar qué piensan quienes no respondieron.
never-seen = No puede mostrar quién respondió ni qué respondió nadie, y tampoco pueden hacerlo los informes de todas las rondas juntos. Candor nunca muestra quién ha respondido; quien administra la base de datos podría mirarlo.
one-sided = Cerca de un extremo de la escala solo se publica «tanto o más» o «tanto o menos», porque una cifra exacta revelaría que casi todas las personas respondieron lo mismo.
level-only = Puede mostrar dónde se sitúan las respuestas de estas personas, dentro de un intervalo.

# Títulos
one-minute = En un minuto
further = Otras preguntas de esta ronda
next = De qué hablar ahora
method = Cómo se obtienen estas cifras
statement = Afirmación
over-time = A lo largo del tiempo
limits = Qué puede mostrar este informe y qué no
statements = Las afirmaciones correspondientes
round = Ronda
points = Puntos de 100
organisation = Toda la organización

# Elementos
colon = :
semicolon = ;
list = { $first } y { $last }
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
date = { $day } de { $month } de { $year }
round-named = Ronda { $round }

# Quién respondió
people-between = Respondieron de { $from } a { $to } personas
people-from = Respondieron { $from } personas o más
participation = { $people }.
participation-under = { $people }: menos de { $share } de cada 100 personas invitadas.
participation-from = { $people }: { $low } o más de cada 100 personas invitadas.
participation-between = { $people }: de { $low } a { $high } de cada 100 personas invitadas.
few-answered = Respondieron menos de 70 de cada 100 personas. Si quienes no respondieron piensan de otro modo, el valor del conjunto podría quedar fuera de los intervalos.
combined = Este trimestre, sus respuestas se muestran junto con las de { $groups }. Es la regla para los grupos pequeños: las respuestas de ninguna persona deben quedar solas. No dice nada de ninguno de los equipos. Por favor, no pregunte quién respondió.
counted-up = respuestas contadas un nivel más arriba
counted-up-title = { $unit }: respuestas contadas un nivel más arriba
counted-up-with = { $groups }, con respuestas contadas un nivel más arriba
upward = Forman parte de este resultado respuestas que sus autores eligieron contar un nivel más arriba. Nadie ve quién lo eligió; los recuentos pueden mostrar que alguien lo hizo.
covers-all = Incluye todos los grupos de esta unidad.
covers-under = Abarca grupos a los que pertenecen menos de { $share } de cada 100 personas de esta unidad; las demás cuentan junto con grupos de fuera.
covers-between = Abarca grupos a los que pertenecen de { $low } a { $high } de cada 100 personas de esta unidad; las demás cuentan junto con grupos de fuera.

# Valores
score-between = En algún punto entre { $low } y { $high } de 100 puntos.
score-at-least = Entre quienes respondieron: { $points } o más de 100 puntos.
score-at-most = Entre quienes respondieron: { $points } o menos de 100 puntos.
score-too-few = No se puede ver: muy pocas personas respondieron a estas afirmaciones.
score-no-safe-range = No se puede ver: con tan pocas respuestas, ningún intervalo sería lo bastante amplio para proteger a todas las personas que las dieron.
score-both-ends = No se puede ver: las afirmaciones se sitúan en extremos opuestos de la escala, donde solo se publica «tanto o más» y «tanto o menos».
score-not-asked = No se preguntó en esta ronda.
short-between = { $low } a { $high }
short-at-least = { $points } o más
short-at-most = { $points } o menos
short-hidden = no se puede ver
short-not-asked = no se preguntó
scale-title = { $dimension }: dónde se sitúa el valor entre 0 y 100 puntos
rungs-even = Los escalones: con tan pocas respuestas, cada afirmación solo se publica en escalones de { $step } puntos, entre { $first } y { $last }.
rungs-about = Los escalones: con tan pocas respuestas, cada afirmación solo se publica en escalones de unos { $step } puntos, entre { $first } y { $last }.
rungs-listed = Los escalones: con tan pocas respuestas, cada afirmación solo se publica en estos escalones: { $steps }.
turned = estar de acuerdo con esta afirmación baja el valor

# Cambios. Lo que sigue a la palabra que designa un cambio va detrás de ella en la misma frase.
change-clear = cambio claro
change-possible = posible cambio
change-none = sin cambio claro
change-hidden = no se puede ver
change-before-hidden = Cambio:
detail-hidden = : si hubo un cambio desde { $since }, lo oculta el extremo de la escala o el número demasiado pequeño de respuestas.
detail-at-least-less = { " " }desde { $since }: al menos { $points ->
    [one] { $points } punto
   *[other] { $points } puntos
  } menos.
detail-at-least-more = { " " }desde { $since }: al menos { $points ->
    [one] { $points } punto
   *[other] { $points } puntos
  } más.
detail = { " " }desde { $since }: { $points } { $count ->
    [one] punto
   *[other] puntos
  }, en algún punto entre { $low } y { $high }.
change-short-at-least = al menos { $points }
detectable = Un cambio verdadero de { $points } puntos se encontraría cuatro veces de cada cinco; los menores a menudo pasan inadvertidos.
detectable-from = Un cambio desde la última ronda se vería aquí a partir de unos { $points } puntos; un cambio menor puede ser real y aun así no verse aquí.
detectable-between = Un cambio desde la última ronda se vería aquí a partir de unos { $smallest } a { $largest } puntos; un cambio menor puede ser real y aun así no verse aquí.
not-compared = Esta vez no hay comparación: en la última ronda no se preguntó por las mismas afirmaciones, o dirigía el grupo otra persona.
no-comparison-first = Esta vez no hay comparación: es la primera ronda con resultado.
no-comparison-new = Esta vez no hay comparación: un grupo que cuenta aquí es nuevo.
no-comparison-too-many = Esta vez no hay comparación: en la última ronda los grupos estaban formados de otra manera, y ahora habría que reunir demasiados.
no-comparison-nothing = Esta vez no hay comparación: la última ronda no dio resultado para estas personas.
no-comparison-upward = Esta vez no hay comparación: estas personas eligieron contar un nivel más arriba, y eso se elige de nuevo en cada ronda.
compared-together = Solo para el cambio se reúnen { $groups }, porque contaron juntos en esta ronda o en la anterior; cada uno de ellos lee el mismo cambio.
compared-with-corrected = La ronda { $since }, con la que se compara esta, fue corregida: véase allí.
same-three-quarters = Al menos tres cuartas partes de las personas ya estaban invitadas aquí la última vez.
same-half = Al menos la mitad de las personas ya estaban invitadas aquí la última vez.
same-quarter = Quizá menos de la mitad de las personas ya estaban invitadas aquí la última vez: un cambio puede deberse tanto a personas nuevas como a opiniones nuevas.
same-few = Quizá menos de una cuarta parte de las personas ya estaban invitadas aquí la última vez: un cambio dice más de quiénes están ahora que de opiniones nuevas.

# A lo largo del tiempo
no-trend-yet = Es la primera ronda con resultado; a partir de la próxima, aquí figurará la evolución.
earlier-rounds = Rondas anteriores
trend-title = { $dimension }: puntos de 100 en cada ronda
trend-aborted = terminada sin resultado
trend-not-comparable = no comparable
trend-together = junto con { $groups }
trend-hollow = Un punto o una flecha sin relleno: contado junto con otros grupos en esa ronda.
trend-cross = Una cruz: esa ronda terminó sin resultado.
trend-gaps = Un signo de interrogación: estas personas contaban entonces en otros grupos, o no se podía ver casi nada.

# Correcciones
errata = Correcciones de este resultado
never-changed = Un resultado publicado no se cambia nunca. Lo que resultó ser erróneo se indica aquí, firmado con la clave de esta ronda.

# Comentarios
comments = Lo que se escribió
comments-together = Los comentarios solo se muestran de muchas personas juntas, en un orden que no revela nada: detrás de él no hay ni hora, ni grupo, ni respuestas.
comments-style = Una manera de escribir puede reconocerse; no se afirma que esté protegida.
comments-no-search = No intente averiguar quién escribió algo, y no pregunte: hable de lo que se dice. Quien ha sido preguntado una vez no vuelve a escribir nada sincero.
comments-of-upward = Comentarios de personas cuyas respuestas se contaron un nivel más arriba:
comments-of-one = Comentarios de { $group }:
comments-of-several = Comentarios de { $groups } en conjunto:
comments-of-several-upward = Comentarios de { $groups } en conjunto, con respuestas contadas un nivel más arriba:
comments-too-few = Muy pocas personas escribieron algo aquí. Los comentarios solo se muestran de { $people } personas o más en conjunto, de las cuales al menos { $comments } escribieron uno.
comments-hidden = { $count ->
    [one] Recursos Humanos ocultó { $count } comentario. La única razón permitida es que nombre a una persona; nadie más lo comprueba.
   *[other] Recursos Humanos ocultó { $count } comentarios. La única razón permitida es que nombren a una persona; nadie más lo comprueba.
  }
hide = Ocultar: nombra a una persona

# Todos los grupos
groups = Todos los grupos
groups-of = Grupos de { $unit }
group = Grupo
answers = Respuestas
directly-under = Directamente bajo la organización
no-ranking = En el orden de la organización, no de los valores: donde los intervalos se solapan, los grupos no se pueden distinguir, y la mayoría de las diferencias entre grupos se deben al azar.
short-people-between = { $from } a { $to }
short-people-from = { $from } o más
short-participation-under = { $people }; menos de { $share } de 100 invitadas
short-participation-from = { $people }; { $low } o más de 100 invitadas
short-participation-between = { $people }; { $low } a { $high } de 100 invitadas

# Hablar abiertamente y exigencia, juntas
quadrant-in = Hablar abiertamente y exigencia en conjunto: { $zone }.
quadrant-between = Hablar abiertamente y exigencia en conjunto: o bien { $zone }, o bien { $other }.
quadrant-untold = Hablar abiertamente y exigencia en conjunto: no se puede decir cuál de los dos niveles es alto.
quadrant-unseen = Hablar abiertamente y exigencia en conjunto: no se puede decir, porque uno de los dos niveles se conoce con demasiada imprecisión.
quadrant-method = Alto significa 58 puntos de 100 o más. Solo se dice algo con una probabilidad de al menos 80 de 100.
zone-learning = los dos niveles son altos (aprendizaje)
zone-comfort = hablar abiertamente está en un nivel alto y la exigencia no (comodidad)
zone-anxiety = la exigencia está en un nivel alto y hablar abiertamente no (ansiedad)
zone-apathy = ninguno de los dos niveles es alto (apatía)

# Merece una conversación
conversation = Merece una conversación
conversation-order = En el orden de la organización, no de los tamaños; las mejoras también merecen una conversación. Pregunte qué ocurrió antes de decidir qué significa.
conversation-claim = Donde nada cambió en ninguna parte, la lista queda vacía en al menos nueve de cada diez rondas; donde cambió mucho, alrededor de una de cada diez entradas puede deberse al azar.
tested-first = Es la primera ronda con resultado: todavía no hay ningún cambio que examinar.
tested-nothing = No se pudo comprobar ningún cambio desde { $since }.
tested-one-stands-out = Se pudo comprobar un cambio desde { $since }, y destaca.
tested-one-chance = Se pudo comprobar un cambio desde { $since }, y no se distingue del azar.
tested-chance = Se pudieron comprobar { $tested } cambios desde { $since }, y ninguno se distingue de lo que el azar produce en tantos.
tested-together = Se pudieron comprobar { $tested } cambios desde { $since }; ningún grupo destaca por sí solo, pero en conjunto se movieron: véase toda la organización.
tested-stand-out = { $entries ->
    [one] Se pudieron comprobar { $tested } cambios desde { $since }; uno destaca.
   *[other] Se pudieron comprobar { $tested } cambios desde { $since }; estos destacan.
  }

# Toda la organización
course = Hacia dónde va toda la organización
course-method = Las personas llegan y se van; una evolución trata de quienes estaban en cada momento.
course-too-few = una línea requiere al menos tres rondas seguidas con las mismas afirmaciones.
course-untold = no se puede decir si las rondas siguen una línea.
course-up-and-down = subidas y bajadas en { $rounds } rondas desde { $since }; ninguna línea las describe.
course-line = { $change } a lo largo de una línea de { $rounds } rondas desde { $since }: { $points } { $count ->
    [one] punto
   *[other] puntos
  }, en algún punto entre { $low } y { $high }.
differences = Cuánto difieren los grupos
differences-method = Las personas difieren dentro de cada grupo. La parte que hay entre los grupos se estima a partir de los intervalos de todos los grupos juntos, una vez descontado el azar. Donde es pequeña, comparar grupos dice poco.
differences-too-few = no se estima, porque menos de 10 grupos tienen un valor.
differences-untold = no se puede decir: los grupos están más cerca unos de otros de lo que el azar permite.
differences-share = de 100 partes de las diferencias entre personas, unas { $share } se dan entre grupos, en algún punto entre { $low } y { $high }.
estimates-method = Un grupo pequeño parece extremo por azar con más facilidad que uno grande. Cada estimación se acerca a la media de todos los grupos en la medida en que el azar explica su distancia: sirve para planificar ayuda para todos los grupos, no para ordenarlos.
estimates-none = Los grupos no difieren más de lo que el azar permite: ninguna estimación de un grupo dice más que la media de todos.
estimate = { $low } a { $high }
estimates-rest-on = Se apoya sobre todo en
weight-faint = los demás grupos
weight-own = sus propias respuestas

# Dicho o vivido
said = Dicho o vivido
said-method = Algunas afirmaciones preguntan por lo que se dice; otras, por lo que ocurre. Donde lo que se dice supera a lo que ocurre más que en otras partes o que antes, es una razón para preguntar a qué se debe. No demuestra nada, y no dice nada de la honradez de ninguna persona.
said-consistent = coherente
said-mixed = dispar
said-conversation = merece una conversación
said-hidden = no se puede ver
said-first = aún no hay con qué comparar
said-clear-one = En el único grupo en que se puede ver, nada destaca.
said-clear = En ninguno de los { $groups } grupos en que se puede ver destaca nada.
said-unseen = { $groups ->
    [one] En un grupo no se puede ver.
   *[other] En { $groups } grupos no se puede ver.
  }
said-gap = Lo dicho menos lo vivido da { $points } { $count ->
    [one] punto
   *[other] puntos
  }, en algún punto entre { $low } y { $high }, en toda la organización. No hay un cero natural: compare grupos y rondas, no esta cifra.
said-gap-at-least = Lo dicho menos lo vivido da al menos { $points } { $count ->
    [one] punto
   *[other] puntos
  } en toda la organización. No hay un cero natural: compare grupos y rondas, no esta cifra.
signals = De cada 100 personas que respondieron a todas las afirmaciones, unas { $row } eligieron el mismo punto en ocho o más seguidas, entre ellas afirmaciones formuladas al revés, y unas { $throughout } lo eligieron en todas.
farther = lo que se dice supera a lo que ocurre en { $points } { $count ->
    [one] punto
   *[other] puntos
  } más (en algún punto entre { $low } y { $high })
farther-at-least = lo que se dice supera a lo que ocurre en al menos { $points } { $count ->
    [one] punto
   *[other] puntos
  } más
than-elsewhere = { $farther } que en toda la organización
than-before = { $farther } que antes
than-in = { $farther } que en { $since }
same-in-a-row = muchas personas eligieron el mismo punto una y otra vez
same-throughout = muchas personas eligieron el mismo punto en todas las afirmaciones

# La escalera
ladder-note = El escalón relleno es aquel en el que está el medio de las respuestas; la barra de encima es todo el intervalo.
ladder-before = El marco discontinuo es el escalón de la ronda anterior.
round-before = En la ronda anterior: { $score }.

# Las últimas rondas juntas
recent-rounds = { $rounds } en conjunto
recent-untold = no se puede decir: de una de ellas solo se conoce «tanto o más» o «tanto o menos»
recent-method = Las últimas rondas juntas: su media, en la que cada ronda cuenta una vez. Es el nivel de ese tiempo, no el de hoy. El intervalo se estrecha menos de lo que cabría esperar, porque en parte se oyó cada vez a las mismas personas y en parte callaron las mismas.
recent-lines = Líneas discontinuas: las últimas rondas juntas.

# Dos temas juntos
plane-title = Hablar abiertamente y exigencia en conjunto
plane-axes = Hacia la derecha, { $standards }: { $across }. Hacia arriba, { $safety }: { $upwards }.
plane-ellipse = La superficie coloreada contiene el lugar verdadero unas 19 veces de cada 20; las líneas discontinuas están en 58 puntos.
plane-rectangle = La superficie coloreada se compone de los dos intervalos, porque con tan pocas personas nadie sabe cómo van juntos; las líneas discontinuas están en 58 puntos.

# Lo que se dice junto a lo que ocurre
said-legend = Marca llena: lo que se dice. Marca sin relleno: lo que ocurre. Las barras son los intervalos.
said-says = Lo que se dice
said-does = Lo que ocurre

# Afirmaciones una a una
statements-from = Lo que se puede ver de las afirmaciones una a una figura aquí a partir de 10 respuestas; con menos, un intervalo no diría casi nada.
statements-without = Sin título propio

# Cómo se obtienen las cifras
method-people = Solo se publican resultados de al menos { $k } personas juntas. Aquí: { $people }.
answered-from = A las afirmaciones bajo «{ $lead-in }» se podía responder de «{ $lowest }» a «{ $highest }».
method-rules = Las cifras y las palabras siguen las reglas { $rules }; cualquiera puede volver a calcularlas a partir de lo publicado.
method-holder = Se prometió a todas las personas que la clave de las respuestas la tiene { $holder }, y no el operador. { $holder } abrió todas las respuestas a la vez y firmó el resultado.

# De qué hablar
next-introduction = Dos cosas como mucho, y solo lo que el azar no explica. Cada una requiere 20 minutos de la próxima reunión del equipo. Hable de situaciones, no de personas, y nunca de quién respondió qué.
suggestion-fell = El nivel bajó claramente desde { $since }.
suggestion-rose = El nivel subió claramente desde { $since }: vale la pena entender por qué, para que dure.
suggestion-low = Todo el intervalo está por debajo de 58 de 100 puntos.
suggestion-low-statement = Una de las afirmaciones de este tema está baja por sí sola.
suggestion-statement = La afirmación más baja de este tema, con todo su intervalo por debajo de 58 de 100 puntos: «{ $statement }»
suggestion-anything = Nada aquí está más bajo de lo que el azar puede hacer de estas respuestas, y nada ha cambiado claramente. No es una nota ni una razón para buscar algo.
suggestion-anything-title = Aun así, una conversación vale la pena
kit-together = A usted y a las personas responsables de { $groups }, en conjunto: reúnanse primero 20 minutos. Lean esta página en voz alta y no adivinen qué equipo dijo qué. Elijan una de las cosas de abajo, encuentren las mismas palabras para todos los equipos, trátenla en cada uno y vuelvan a reunirse una vez en un día fijado.
kit-both = Las mismas palabras sirven para ambas. Elija la que más importe a su equipo o dedique un día a cada una.
kit-begin = Para empezar, con sus propias palabras:
kit-agenda = Veinte minutos en el equipo:
kit-minutes = { $minutes } minutos
kit-share-title = Mostrar.
kit-share = Muestre la página tal como es, con sus intervalos, y diga qué no puede ver. Nadie tiene que decir qué respondió; no lo pregunte ni exprese ninguna suposición.
kit-ask-title = Preguntar.
kit-agree-title = Acordar una cosa.
kit-date-title = Fijar una fecha.
kit-date = Escríbanla en una frase, con una persona que se ocupe de ella y el día en que todos volverán a mirarla.
kit-safety-start = «Quiero enterarme de los problemas cuando aún son pequeños. ¿Cuándo nos ayudó últimamente que alguien dijera algo pronto?»
kit-safety-ask = Primero dos minutos a solas, después en parejas: ¿qué hace más fácil aquí decir un error o una duda, y qué lo hace más difícil? Cada pareja cuenta una cosa. Escuche, dé las gracias y no defienda nada hoy.
kit-safety-agree = Algo que ocurra en cada reunión, por ejemplo: antes de decidir, todos nombran una cosa que podría salir mal; primero se dan las gracias y después se responde.
kit-standards-start = «Los acuerdos solo ayudan si también podemos preguntar por ellos. ¿Cuáles de los nuestros funcionan sin que nadie tenga que recordarlos?»
kit-standards-ask = En parejas: ¿en qué acuerdo nos gustaría poder confiar más, y qué le falta: es demasiado, es poco claro, o nadie pregunta? Hablen del acuerdo, no de quién no lo cumplió.
kit-standards-agree = Un acuerdo en una frase, con quién y hasta cuándo, y cómo preguntamos cuando se atasca: «¿Qué falta para que funcione?»
kit-learning-start = «Hace poco algo no salió como estaba previsto; le pasa a cualquiera que trabaja. Me interesa cómo ocurrió, no quién fue.»
kit-learning-ask = Elijan juntos un caso así, uno pequeño. ¿Qué sabíamos entonces, qué se interpuso y qué lo habría mostrado antes?
kit-learning-agree = Un cambio que se siga de ello y esté en marcha en dos semanas, y en qué notaremos si ayuda.
kit-other-start = «Esto dicen las respuestas sobre este tema. ¿Qué reconocen de ello en nuestro trabajo?»
kit-other-ask = En parejas: ¿de cuál de las afirmaciones vale más la pena hablar, y cuándo salió bien? Cada pareja cuenta una cosa.
kit-other-agree = Una cosa que probamos durante cuatro semanas, lo bastante pequeña para empezar mañana.
kit-rise-start = «Algo ha mejorado aquí. ¿Qué hicimos de otra manera?»
kit-rise-ask = En parejas: ¿qué ayudó, y qué haría que lo perdiéramos? Cada pareja cuenta una cosa.
kit-rise-agree = Una costumbre que mantenemos a propósito, también cuando hay mucho que hacer.
kit-anything-start = «Nada en particular destaca en esta página. Así que les pregunto: ¿de cuál de estas afirmaciones les gustaría más hablar?»
kit-anything-ask = En parejas: elijan una afirmación. ¿Cuándo fue cierta aquí, y qué era distinto entonces? Cada pareja cuenta una cosa.
kit-anything-agree = Una cosa que probamos durante cuatro semanas, lo bastante pequeña para empezar mañana.

# Las páginas del resultado de la organización
part-overview = La organización
part-comparison = Desde la ronda anterior
part-groups = Grupos
part-differences = Diferencias
part-participation = Participación
part-quality = Qué tal se mide
chart-beside-table = La tabla junto a este dibujo contiene las mismas cifras.
from-to = { $first } a { $last }

# Grupos y dimensiones
map = Grupos y dimensiones
map-method-few = Donde menos de 10 grupos tienen un valor no se acerca nada: cada intervalo es el valor del grupo tal cual.
map-legend = El azul está por encima del centro de la escala y el naranja por debajo; cuanto más intenso el color, más lejos. Pálido y entre paréntesis: se apoya sobre todo en los demás grupos. Rayado por completo: no se puede ver. Una flecha hacia arriba: tanto o más; hacia abajo: tanto o menos. Dos cuadrados delante de un nombre y un borde inferior rayado: contados juntos.
map-title = Grupos y dimensiones: dónde está probablemente cada grupo entre 0 y 100 puntos
map-like-all = como todos
map-faint = { $range }, sobre todo por los demás grupos
untold = no se puede decir

# Grupos y azar
funnel = Grupos y azar
funnel-method = Aunque todos los grupos fueran iguales, el azar dispersaría sus valores, los de los grupos pequeños más que los de los grandes. Las bandas pálidas muestran hasta dónde: de grupos iguales, al menos 19 de cada 20 están en la banda interior y al menos 998 de cada 1000 en la exterior. Por tanto, hasta uno de cada 20 grupos está fuera de la banda interior solo por azar. De esto no se sigue ningún orden de los grupos.
funnel-legend = Un punto sin relleno está en la banda interior, uno relleno fuera de ella, un rombo fuera de ambas. Una flecha: tanto o más, o tanto o menos.
funnel-title = { $dimension }: todos los grupos, y hasta dónde el azar por sí solo llevaría a grupos de su tamaño
funnel-mean = La media de todos los grupos es de { $mean } puntos de 100.
funnel-people = Personas que respondieron
funnel-inner = Al menos 19 de cada 20 iguales
funnel-outer = Al menos 998 de cada 1000 iguales
funnel-within = dentro de lo que da el azar
funnel-below = más bajo que donde el azar lleva a la mayoría
funnel-above = más alto que donde el azar lleva a la mayoría
funnel-far-below = mucho más bajo de lo que explica el azar
funnel-far-above = mucho más alto de lo que explica el azar
quadrant-groups = Hablar abiertamente y exigencia, juntas
quadrant-groups-method = Cada punto es un grupo, relleno donde se puede decir su zona. Alrededor de estos hay una línea que contiene la posición verdadera unas 19 de cada 20 veces, si no son más de 12.
quadrant-title = { $safety } y { $standards }: dónde está cada grupo entre 0 y 100 puntos
quadrant-zone = Zona
zone-either = o bien { $zone }, o bien { $other }

# Participación de todos los grupos
strip = Cuántas personas respondieron, grupo por grupo
strip-method = Por tramos. Una tasa solo se muestra donde se invitó a 10 personas o más, y no donde respuestas contadas un nivel más arriba forman parte de un grupo. Candor nunca muestra quién ha respondido. Pocas respuestas son una razón para preguntar qué impide responder, no a quién.
strip-legend = Relleno: el tramo en que está la tasa, de 100 personas invitadas. Rayado: no se muestra ninguna tasa. Dos cuadrados delante de un nombre: contados juntos.
strip-title = De 100 personas invitadas, cuántas respondieron, grupo por grupo

# Qué tal miden las afirmaciones
quality = Qué tal miden las afirmaciones
quality-method = Calculado con todas las respuestas de la organización juntas antes de destruirlas, nunca con las de un solo grupo. Estas cifras dicen hasta qué punto las afirmaciones de una dimensión miden una misma cosa; si es la correcta, no lo dicen.
quality-none = Menos de 100 personas respondieron a todas las afirmaciones. Con tan pocas, esas cifras dirían más del azar que de las afirmaciones; por eso no hay ninguna.
quality-old = Este resultado lo escribió una versión anterior de Candor, que no calculaba estas cifras.
quality-measure = Medida
quality-rests = { $groups ->
    [one] Con las respuestas de { $people } personas de un grupo.
   *[other] Con las respuestas de { $people } personas de { $groups } grupos.
  }
quality-alpha = Alfa de Cronbach
quality-alpha-means = cuánto se parecen las respuestas de las personas a las afirmaciones de una dimensión. Con 0 no tienen nada en común, con 1 todo. A partir de 0,7 más o menos, las afirmaciones suelen leerse como una sola escala; es una costumbre, no una prueba.
quality-omega = Omega de McDonald
quality-omega-means = lo mismo, sin suponer que cada afirmación cuenta tanto como la siguiente. Donde está cerca de alfa, esa suposición perjudica poco.
quality-icc-one = ICC(1)
quality-icc-one-means = qué parte de las diferencias entre personas se da entre grupos, calculada con las propias respuestas. Con 0,05, 5 de 100 partes se dan entre grupos y 95 entre personas de un mismo grupo.
quality-icc-two = ICC(2)
quality-icc-two-means = qué tan fiable es la media de un grupo de tamaño medio. Por debajo de 0,5, más de la mitad de lo que distingue las medias de los grupos es azar.
coefficient = { $sign }{ $whole },{ $hundredths }
coefficient-few-items = muy pocas afirmaciones
coefficient-few-groups = menos de 20 grupos
coefficient-no-spread = todas las personas respondieron igual
coefficient-no-difference = los grupos no difieren más que las personas que los forman
coefficient-out-of-range = las afirmaciones no miden una sola cosa, o una de ellas está invertida por error

# Desde la ronda anterior
since = Desde { $since }
comparison-only-before = Una ronda se compara con la ronda publicada anterior y con ninguna otra: los grupos se siguen de una ronda a la siguiente, y cada comparación más sería una ocasión más de encontrar algo por azar. La evolución en todas las rondas figura junto a los valores de la organización.
comparison-groups = Cambios, grupo por grupo
origins = De dónde vienen los grupos
origins-method = Un cambio solo se indica entre conjuntos de grupos que reúnen, en lo posible, a las mismas personas. Lo que cada grupo continúa quedó fijado con la lista de personal al lanzar la ronda.
origins-what = Qué ocurrió
origins-before = Antes, y cuántas de las personas de hoy estaban en él
origins-ended = Terminados
origins-same = { $count ->
    [one] Un grupo está como estaba.
   *[other] { $count } grupos están como estaban.
  }
event-none = como estaba
event-new = nuevo
event-merged = fusionado
event-split = dividido
event-renamed = renombrado
event-moved = pasado a otra unidad
continued = { $group }: { $share }
share-three-quarters = tres cuartas partes o más
share-half = de la mitad a tres cuartas partes
share-quarter = de una cuarta parte a la mitad
share-few = menos de una cuarta parte
multiples = A lo largo del tiempo, grupo por grupo
multiples-title = { $group }: puntos de 100 en cada ronda
multiples-legend = Un punto con su intervalo, de 0 a 100 en cada dibujo; una cruz: la ronda terminó sin resultado; un signo de interrogación: no comparable; rayado: no se puede ver.

# El ejemplo inventado de una página de resultados, para quienes reciben la invitación a responder
specimen-title = Un ejemplo inventado de la página de una persona responsable
specimen-mark = Ejemplo inventado
specimen-nobody = El grupo, las rondas y todas las cifras de esta página son inventados. No contiene ninguna respuesta de nadie y es la misma para todas las personas que la abren.
specimen-made = Así es la página de una persona responsable. El ejemplo se hace con el mismo programa, con las afirmaciones de esta ronda y con sus reglas para los grupos pequeños.
specimen-differs = Lo que se puede ver en el resultado real depende de cuántas personas respondan y de lo que respondan. En una primera ronda no hay nada con que comparar.
specimen-back = Para volver a la encuesta, basta con cerrar esta pestaña.
specimen-end = Aquí termina el ejemplo inventado.
specimen-group = Grupo inventado
specimen-round = ejemplo

# Files to take along: workbook, paper, notice board
about-title = Acerca de este resultado
about-what = Qué es esto
about-not-for = Para qué no sirve
about-reading = Cómo se lee
about-unseen = Lo que no se ve
about-round = El resultado de la ronda { $round } de { $organisation }. Se hace con lo que se publicó y con nada más: quien lo haga de nuevo obtiene lo mismo.
about-form = El cuestionario: { $title }, versión { $version }.
about-method = Los números y las palabras siguen las reglas { $method }, que explica la documentación de Candor.
about-smallest = No se muestra nada de menos de { $people } personas que respondieron juntas.
about-comments = Lo que la gente escribió no está en ningún archivo. Está solo en la página, para que aún se pueda ocultar un comentario que nombre a alguien.
file-what = Qué
file-unit = Unidad
file-name = Nombre
file-answers-from = Respuestas, desde
file-answers-to = Respuestas, hasta
file-rate-from = De 100 invitados, desde
file-rate-to = De 100 invitados, hasta
file-covers-from = De 100 personas de la unidad incluidas, desde
file-covers-to = De 100 personas de la unidad incluidas, hasta
file-topic = Tema
file-score = Puntos de 100
file-lowest = Como mínimo
file-highest = Como máximo
file-since = Desde la ronda
file-change = Cambio
file-difference = Diferencia en puntos
file-difference-lowest = Diferencia, como mínimo
file-difference-highest = Diferencia, como máximo
file-detectable = Un cambio verdadero de tantos puntos se encontraría cuatro de cada cinco veces
file-remark = Observación
file-at-least = La diferencia es la menor posible; no se sabe cuánto mayor es.
file-together = Contado junto con
file-finding = Lo que se puede decir
file-rounds = Rondas
file-share = De 100 partes, entre grupos
file-share-lowest = De 100 partes, como mínimo
file-share-highest = De 100 partes, como máximo
file-statement = Afirmación
file-rests-on = En qué se basa
file-lowest-statement = Su afirmación más baja
file-begin = Para empezar
file-ask = Para preguntar
file-agree = Para acordar
file-low-by-itself = baja por sí sola: todo el intervalo está por debajo de 58, aunque se pregunte por todas las afirmaciones a la vez
file-number = Número
file-day = Día
file-correction = Corrección
file-sheets = Las otras hojas
file-empty = Un campo vacío significa que no hay nada que decir o que no se ve; los puntos, las palabras o la observación de la misma fila dicen cuál de las dos cosas. Todos los números son puntos enteros de 100, salvo que su columna diga otra cosa.
sheet-read-me = Leer primero
sheet-results = Resultados
sheet-over-time = A lo largo del tiempo
sheet-next = De qué hablar ahora
sheet-recent = Últimas rondas juntas
sheet-single = Afirmaciones una a una
sheet-together = Hablar y exigencia
sheet-conversation = Merece una conversación
sheet-course = Trayectoria
sheet-differences = Diferencias
sheet-estimates = Estimaciones
sheet-said = Dicho o vivido
sheet-statements = Afirmaciones
sheet-corrections = Correcciones
paper-numbering = Página { $page } de { $pages }
paper-title = { $whose }, { $round }
paper-replaced = Un signo de interrogación ocupa aquí el lugar de caracteres que este archivo no puede imprimir ({ $characters }); la página en pantalla los muestra.
paper-comments = Lo que la gente escribió está solo en la página en pantalla, para que aún se pueda ocultar un comentario que nombre a alguien.
notice-title = Lo que hemos aprendido
notice-thanks = Gracias a todas las personas que respondieron.
notice-next = Qué viene ahora
notice-commitments = Dos cosas que nos proponemos, cada una con una fecha:
