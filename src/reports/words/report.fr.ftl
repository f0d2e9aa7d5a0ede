# Résultats des campagnes, en français. Des points sur 100, jamais de pourcentage ; campagne et groupe ; rien de technique. Aucune phrase n’affirme plus que son chiffre.

# Chaque rapport
not-for-appraisal = Ne doit servir à évaluer personne.
why-not = Ce résultat appartient au groupe : pour en parler et pour agir. Il ne dit rien du travail d’une personne en particulier, et aucune décision concernant une personne ne peut s’appuyer sur lui.
not-validated = Les affirmations ne sont pas encore validées : elles ont été rédigées avec soin, mais personne n’a encore vérifié dans quelle mesure elles mesurent ce que disent leurs titres.
scale = 0 point voudrait dire que tout le monde a donné à chaque affirmation la réponse la moins favorable, 100 points la plus favorable.
range = Chaque fourchette est calculée de façon à contenir la vraie valeur environ 19 fois sur 20. Elle est plus étroite là où davantage de personnes ont répondu, et jamais exacte, car les sommes ne sont publiées que par paliers, pour qu’aucune réponse individuelle ne puisse être calculée.
silent = Il ne peut pas montrer ce que pensent les personnes qui n’ont pas répondu.
never-seen = Il ne peut montrer ni qui a répondu, ni ce qu’une personne a répondu, et les rapports de toutes les campagnes réunis ne le peuvent pas davantage. Candor ne montre jamais qui a répondu ; la personne qui administre la base de données pourrait le voir.
one-sided = Près d’une extrémité de l’échelle, seul « tant ou plus » ou « tant ou moins » est publié, car un chiffre exact révélerait que presque tout le monde a répondu de la même façon.
level-only = Il peut montrer où se situent les réponses de ces personnes, à l’intérieur d’une fourchette.

# Titres
one-minute = En une minute
further = Autres questions de cette campagne
next = De quoi parler maintenant
method = Comment ces chiffres sont établis
statement = Affirmation
over-time = Au fil du temps
limits = Ce que ce rapport peut montrer, et ce qu’il ne peut pas montrer
statements = Les affirmations correspondantes
round = Campagne
points = Points sur 100
organisation = Toute l’organisation

# Éléments
colon =  :
semicolon =  ;
list = { $first } et { $last }
month = { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
  }
date = { $day ->
    [1] 1er { $month } { $year }
   *[other] { $day } { $month } { $year }
  }
round-named = Campagne { $round }

# Qui a répondu
people-between = De { $from } à { $to } personnes ont répondu
people-from = { $from } personnes ou plus ont répondu
participation = { $people }.
participation-under = { $people } : moins de { $share } personnes invitées sur 100.
participation-from = { $people } : { $low } personnes invitées sur 100, ou plus.
participation-between = { $people } : de { $low } à { $high } personnes invitées sur 100.
few-answered = Moins de 70 personnes sur 100 ont répondu. Si celles qui n’ont pas répondu pensent autrement, la valeur pour l’ensemble pourrait se situer en dehors des fourchettes.
combined = Ce trimestre, vos réponses sont présentées avec celles de { $groups }. C’est la règle pour les petits groupes : aucune personne ne doit voir ses réponses présentées seules. Cela ne dit rien d’aucune des équipes. Merci de ne pas demander qui a répondu.
counted-up = réponses comptées un niveau plus haut
counted-up-title = { $unit } : réponses comptées un niveau plus haut
counted-up-with = { $groups }, avec des réponses comptées un niveau plus haut
upward = Des réponses que leurs auteurs ont choisi de faire compter un niveau plus haut font partie de ce résultat. Personne ne voit qui a fait ce choix ; les effectifs peuvent montrer que quelqu’un l’a fait.
covers-all = Tous les groupes de cette unité y sont compris.
covers-under = Il porte sur des groupes auxquels appartiennent moins de { $share } personnes sur 100 de cette unité ; les autres sont comptées avec des groupes extérieurs.
covers-between = Il porte sur des groupes auxquels appartiennent de { $low } à { $high } personnes sur 100 de cette unité ; les autres sont comptées avec des groupes extérieurs.

# Valeurs
score-between = Quelque part entre { $low } et { $high } points sur 100.
score-at-least = Parmi les personnes qui ont répondu : { $points } points sur 100 ou plus.
score-at-most = Parmi les personnes qui ont répondu : { $points } points sur 100 ou moins.
score-too-few = Non visible : trop peu de personnes ont répondu à ces affirmations.
score-no-safe-range = Non visible : avec si peu de réponses, aucune fourchette ne serait assez large pour protéger toutes les personnes qui les ont données.
score-both-ends = Non visible : les affirmations se situent aux deux extrémités de l’échelle, où seul « tant ou plus » et « tant ou moins » est publié.
score-not-asked = Question non posée lors de cette campagne.
short-between = { $low } à { $high }
short-at-least = { $points } ou plus
short-at-most = { $points } ou moins
short-hidden = non visible
short-not-asked = non posé
scale-title = { $dimension } : où se situe la valeur entre 0 et 100 points
rungs-even = Les paliers : avec si peu de réponses, chaque affirmation n’est publiée que par paliers de { $step } points, entre { $first } et { $last }.
rungs-about = Les paliers : avec si peu de réponses, chaque affirmation n’est publiée que par paliers d’environ { $step } points, entre { $first } et { $last }.
rungs-listed = Les paliers : avec si peu de réponses, chaque affirmation n’est publiée qu’à ces paliers : { $steps }.
turned = être d’accord avec cette affirmation abaisse la valeur

# Changements. Ce qui suit le mot désignant un changement se trouve après lui dans la même phrase.
change-clear = changement net
change-possible = changement possible
change-none = pas de changement net
change-hidden = non visible
change-before-hidden = Changement :
detail-hidden =  : un éventuel changement depuis { $since } est masqué par l’extrémité de l’échelle ou par un trop petit nombre de réponses.
detail-at-least-less = { " " }depuis { $since } : au moins { $points ->
    [one] { $points } point
   *[other] { $points } points
  } de moins.
detail-at-least-more = { " " }depuis { $since } : au moins { $points ->
    [one] { $points } point
   *[other] { $points } points
  } de plus.
detail = { " " }depuis { $since } : { $points } { $count ->
    [one] point
   *[other] points
  }, quelque part entre { $low } et { $high }.
change-short-at-least = au moins { $points }
detectable = Un changement réel de { $points } points serait décelé quatre fois sur cinq ; les plus petits passent souvent inaperçus.
detectable-from = Un changement depuis la dernière campagne serait visible ici à partir d’environ { $points } points ; un changement plus petit peut être réel et ne pas être visible ici.
detectable-between = Un changement depuis la dernière campagne serait visible ici à partir d’environ { $smallest } à { $largest } points ; un changement plus petit peut être réel et ne pas être visible ici.
not-compared = Pas de comparaison cette fois : la dernière campagne ne portait pas sur les mêmes affirmations, ou une autre personne dirigeait le groupe.
no-comparison-first = Pas de comparaison cette fois : c’est la première campagne qui donne un résultat.
no-comparison-new = Pas de comparaison cette fois : un groupe compté ici est nouveau.
no-comparison-too-many = Pas de comparaison cette fois : les groupes étaient composés autrement lors de la dernière campagne, et il faudrait maintenant en réunir trop.
no-comparison-nothing = Pas de comparaison cette fois : la dernière campagne n’a pas donné de résultat pour ces personnes.
no-comparison-upward = Pas de comparaison cette fois : ces personnes ont choisi d’être comptées un niveau plus haut, et ce choix est refait à chaque campagne.
compared-together = Pour le changement seulement, { $groups } sont réunis, car ils ont été comptés ensemble lors de cette campagne ou de la précédente ; chacun d’eux lit le même changement.
compared-with-corrected = La campagne { $since }, qui sert ici de comparaison, a été rectifiée : voir son résultat.
same-three-quarters = Au moins les trois quarts des personnes étaient déjà invitées ici la dernière fois.
same-half = Au moins la moitié des personnes étaient déjà invitées ici la dernière fois.
same-quarter = Peut-être moins de la moitié des personnes étaient déjà invitées ici la dernière fois : un changement peut venir de nouvelles personnes autant que de nouvelles opinions.
same-few = Peut-être moins d’un quart des personnes étaient déjà invitées ici la dernière fois : un changement en dit plus sur les personnes présentes aujourd’hui que sur de nouvelles opinions.

# Au fil du temps
no-trend-yet = C’est la première campagne qui donne un résultat ; à partir de la prochaine, l’évolution figurera ici.
earlier-rounds = Campagnes antérieures
trend-title = { $dimension } : points sur 100 à chaque campagne
trend-aborted = terminée sans résultat
trend-not-comparable = non comparable
trend-together = avec { $groups }
trend-hollow = Un point ou une flèche vide : comptage avec d’autres groupes lors de cette campagne.
trend-cross = Une croix : cette campagne s’est terminée sans résultat.
trend-gaps = Un point d’interrogation : ces personnes étaient alors comptées dans d’autres groupes, ou presque rien n’était visible.

# Rectifications
errata = Rectifications de ce résultat
never-changed = Un résultat publié n’est jamais modifié. Ce qui s’y est révélé inexact est indiqué ici, signé avec la clé de cette campagne.

# Commentaires
comments = Ce qui a été écrit
comments-together = Les commentaires ne sont montrés que pour de nombreuses personnes ensemble, dans un ordre qui ne révèle rien : ni moment, ni groupe, ni réponses.
comments-style = Une façon d’écrire peut être reconnue ; nous n’affirmons pas qu’elle soit protégée.
comments-no-search = N’essayez pas de découvrir qui a écrit quelque chose, et ne le demandez pas : parlez de ce qui est dit. Une personne à qui l’on a posé la question une seule fois n’écrira plus rien de sincère.
comments-of-upward = Commentaires de personnes dont les réponses ont été comptées un niveau plus haut :
comments-of-one = Commentaires du groupe { $group } :
comments-of-several = Commentaires des groupes { $groups }, ensemble :
comments-of-several-upward = Commentaires des groupes { $groups }, ensemble, avec des réponses comptées un niveau plus haut :
comments-too-few = Trop peu de personnes ont écrit quelque chose ici. Les commentaires ne sont montrés que pour { $people } personnes ou plus ensemble, dont au moins { $comments } en ont écrit un.
comments-hidden = { $count ->
    [one] Les ressources humaines ont masqué { $count } commentaire. La seule raison permise est qu’il désigne une personne ; personne d’autre ne le vérifie.
   *[other] Les ressources humaines ont masqué { $count } commentaires. La seule raison permise est qu’ils désignent une personne ; personne d’autre ne le vérifie.
  }
hide = Masquer : désigne une personne

# Tous les groupes
groups = Tous les groupes
groups-of = Groupes de { $unit }
group = Groupe
answers = Réponses
directly-under = Directement sous l’organisation
no-ranking = Dans l’ordre de l’organisation, non des valeurs : là où les fourchettes se chevauchent, les groupes ne peuvent pas être distingués, et la plupart des différences entre groupes sont dues au hasard.
short-people-between = { $from } à { $to }
short-people-from = { $from } ou plus
short-participation-under = { $people } ; moins de { $share } personnes invitées sur 100
short-participation-from = { $people } ; { $low } personnes invitées sur 100, ou plus
short-participation-between = { $people } ; { $low } à { $high } personnes invitées sur 100

# Parole et exigences ensemble
quadrant-in = Parole ouverte et exigences ensemble : { $zone }.
quadrant-between = Parole ouverte et exigences ensemble : soit { $zone }, soit { $other }.
quadrant-untold = Parole ouverte et exigences ensemble : on ne peut pas dire lequel des deux niveaux est élevé.
quadrant-unseen = Parole ouverte et exigences ensemble : on ne peut rien en dire, car l’un des deux niveaux n’est connu que trop approximativement.
quadrant-method = Élevé signifie 58 points sur 100 ou plus. Rien n’est affirmé sans une probabilité d’au moins 80 sur 100.
zone-learning = les deux niveaux sont élevés (apprentissage)
zone-comfort = la parole ouverte est à un niveau élevé, les exigences non (confort)
zone-anxiety = les exigences sont à un niveau élevé, la parole ouverte non (anxiété)
zone-apathy = aucun des deux niveaux n’est élevé (indifférence)

# À discuter
conversation = À discuter
conversation-order = Dans l’ordre de l’organisation, non de l’ampleur ; les améliorations méritent aussi une discussion. Demandez ce qui s’est passé avant de décider ce que cela signifie.
conversation-claim = Là où rien n’a changé nulle part, la liste reste vide dans au moins neuf campagnes sur dix ; là où beaucoup a changé, environ une ligne sur dix peut être due au hasard.
tested-first = C’est la première campagne qui donne un résultat : il n’y a pas encore de changement à examiner.
tested-nothing = Aucun changement depuis { $since } n’a pu être testé.
tested-one-stands-out = Un changement depuis { $since } a pu être testé, et il se distingue.
tested-one-chance = Un changement depuis { $since } a pu être testé, et il ne se distingue pas du hasard.
tested-chance = { $tested } changements depuis { $since } ont pu être testés, et aucun ne se distingue de ce que le hasard produit sur un tel nombre.
tested-together = { $tested } changements depuis { $since } ont pu être testés ; aucun groupe ne se distingue à lui seul, mais ensemble ils ont évolué : voir toute l’organisation.
tested-stand-out = { $entries ->
    [one] { $tested } changements depuis { $since } ont pu être testés ; un seul se distingue.
   *[other] { $tested } changements depuis { $since } ont pu être testés ; ceux-ci se distinguent.
  }

# Toute l’organisation
course = Où va toute l’organisation
course-method = Des personnes arrivent et partent ; une évolution porte sur celles qui étaient là.
course-too-few = une droite demande au moins trois campagnes successives portant sur les mêmes affirmations.
course-untold = on ne peut pas dire si les campagnes suivent une droite.
course-up-and-down = des hauts et des bas sur { $rounds } campagnes depuis { $since } ; aucune droite ne les décrit.
course-line = { $change } le long d’une droite sur { $rounds } campagnes depuis { $since } : { $points } { $count ->
    [one] point
   *[other] points
  }, quelque part entre { $low } et { $high }.
differences = À quel point les groupes diffèrent
differences-method = Les personnes diffèrent au sein de chaque groupe. La part qui se situe entre les groupes est estimée à partir des fourchettes de tous les groupes réunis, une fois le hasard retiré. Là où elle est faible, comparer des groupes apprend peu de choses.
differences-too-few = non estimée, car moins de 10 groupes ont une valeur.
differences-untold = on ne peut pas le dire : les groupes sont plus proches les uns des autres que le hasard ne le laisse attendre.
differences-share = sur 100 parts des différences entre les personnes, environ { $share } se situent entre les groupes, quelque part entre { $low } et { $high }.
estimates-method = Un petit groupe paraît plus facilement extrême par hasard qu’un grand. Chaque estimation est rapprochée de la moyenne de tous les groupes dans la mesure où le hasard explique son écart : pour planifier une aide à l’échelle de tous les groupes, et non pour les classer.
estimates-none = Les groupes ne diffèrent pas plus que le hasard ne le laisse attendre : aucune estimation d’un groupe n’en dit plus que la moyenne de tous.
estimate = { $low } à { $high }
estimates-rest-on = Repose surtout sur
weight-faint = les autres groupes
weight-own = ses propres réponses

# Dit ou vécu
said = Dit ou vécu
said-method = Certaines affirmations portent sur ce qui est dit, d’autres sur ce qui se passe. Là où ce qui est dit dépasse ce qui se passe davantage qu’ailleurs ou qu’auparavant, c’est une raison de demander comment cela se fait. Cela ne prouve rien et ne dit rien de l’honnêteté de qui que ce soit.
said-consistent = cohérent
said-mixed = mitigé
said-conversation = à discuter
said-hidden = non visible
said-first = encore rien à comparer
said-clear-one = Dans le seul groupe où c’est visible, rien ne se distingue.
said-clear = Dans aucun des { $groups } groupes où c’est visible, rien ne se distingue.
said-unseen = { $groups ->
    [one] Dans un groupe, ce n’est pas visible.
   *[other] Dans { $groups } groupes, ce n’est pas visible.
  }
said-gap = L’écart entre le dit et le vécu est de { $points } { $count ->
    [one] point
   *[other] points
  }, quelque part entre { $low } et { $high }, dans toute l’organisation. Il n’y a pas de zéro naturel : comparez des groupes et des campagnes, pas ce chiffre.
said-gap-at-least = L’écart entre le dit et le vécu est d’au moins { $points } { $count ->
    [one] point
   *[other] points
  } dans toute l’organisation. Il n’y a pas de zéro naturel : comparez des groupes et des campagnes, pas ce chiffre.
signals = Sur 100 personnes ayant répondu à toutes les affirmations, environ { $row } ont choisi le même point pour huit affirmations de suite ou plus, dont certaines formulées à l’inverse, et environ { $throughout } l’ont choisi pour toutes.
farther = ce qui est dit dépasse ce qui se passe de { $points } { $count ->
    [one] point
   *[other] points
  } de plus (quelque part entre { $low } et { $high })
farther-at-least = ce qui est dit dépasse ce qui se passe d’au moins { $points } { $count ->
    [one] point
   *[other] points
  } de plus
than-elsewhere = { $farther } que dans toute l’organisation
than-before = { $farther } qu’auparavant
than-in = { $farther } que lors de { $since }
same-in-a-row = beaucoup ont choisi sans cesse le même point
same-throughout = beaucoup ont choisi le même point pour toutes les affirmations

# L’échelle
ladder-note = Le palier plein est celui où se trouve le milieu des réponses ; la barre au-dessus est toute la fourchette.
ladder-before = Le cadre en tirets est le palier de la campagne précédente.
round-before = Lors de la campagne précédente : { $score }.

# Les dernières campagnes ensemble
recent-rounds = { $rounds } ensemble
recent-untold = on ne peut pas le dire : de l’une d’elles, seul « tant ou plus » ou « tant ou moins » est connu
recent-method = Les dernières campagnes ensemble : leur moyenne, où chaque campagne compte une fois. C’est le niveau sur cette période, pas celui d’aujourd’hui. La fourchette se resserre moins qu’on ne pourrait l’espérer, car ce sont en partie les mêmes personnes qui ont été entendues chaque fois, et en partie les mêmes qui n’ont pas répondu.
recent-lines = Lignes en tirets : les dernières campagnes ensemble.

# Deux thèmes ensemble
plane-title = Parole ouverte et exigences ensemble
plane-axes = Vers la droite, { $standards } : { $across }. Vers le haut, { $safety } : { $upwards }.
plane-ellipse = La surface colorée contient la vraie position environ 19 fois sur 20 ; les lignes en tirets sont à 58 points.
plane-rectangle = La surface colorée réunit les deux fourchettes, car avec si peu de personnes, nul ne sait comment les deux vont ensemble ; les lignes en tirets sont à 58 points.

# Ce qui est dit à côté de ce qui se passe
said-legend = Marque pleine : ce qui est dit. Marque vide : ce qui se passe. Les barres sont les fourchettes.
said-says = Ce qui est dit
said-does = Ce qui se passe

# Affirmations une à une
statements-from = Ce que l’on peut voir des affirmations une à une figure ici à partir de 10 réponses ; avec moins, une fourchette ne dirait presque rien.
statements-without = Sans titre propre

# Comment les chiffres sont établis
method-people = Seuls sont publiés des résultats d’au moins { $k } personnes ensemble. Ici : { $people }.
answered-from = Aux affirmations sous « { $lead-in } », on pouvait répondre de « { $lowest } » à « { $highest } ».
method-rules = Les chiffres et les mots suivent les règles { $rules } ; toute personne peut les recalculer à partir de ce qui est publié.
method-holder = Il a été promis à tout le monde que la clé des réponses est chez { $holder }, et non chez l’exploitant. { $holder } a ouvert toutes les réponses en une fois et signé le résultat.

# De quoi parler
next-introduction = Deux points au plus, et seulement ce que le hasard n’explique pas. Chacun demande 20 minutes de la prochaine réunion d’équipe. Parlez de situations, non de personnes, et jamais de qui a répondu quoi.
suggestion-fell = Le niveau a nettement baissé depuis { $since }.
suggestion-rose = Le niveau a nettement monté depuis { $since } : il vaut la peine de comprendre pourquoi, pour que cela dure.
suggestion-low = Toute la fourchette se situe au-dessous de 58 points sur 100.
suggestion-low-statement = L’une des affirmations de ce thème se situe bas à elle seule.
suggestion-statement = L’affirmation la plus basse de ce thème, dont toute la fourchette se situe au-dessous de 58 points sur 100 : « { $statement } »
suggestion-anything = Rien ici n’est plus bas que ce que le hasard peut faire de ces réponses, et rien n’a nettement changé. Ce n’est pas une note, et ce n’est pas une raison de chercher quelque chose.
suggestion-anything-title = Une discussion en vaut tout de même la peine
kit-together = À vous et aux responsables de { $groups }, ensemble : réunissez-vous d’abord 20 minutes. Lisez cette page à voix haute, sans deviner quelle équipe a dit quoi. Choisissez un des points ci-dessous, trouvez les mêmes mots pour toutes les équipes, abordez-le dans chacune, et retrouvez-vous une fois encore à une date fixée.
kit-both = Les mêmes mots conviennent aux deux. Choisissez ce qui compte le plus pour votre équipe, ou consacrez un jour à chacun.
kit-begin = Pour commencer, avec vos propres mots :
kit-agenda = Vingt minutes en équipe :
kit-minutes = { $minutes } minutes
kit-share-title = Montrer.
kit-share = Montrez la page telle qu’elle est, avec ses fourchettes, et dites ce qu’elle ne peut pas voir. Personne n’a à dire ce qu’il ou elle a répondu ; ne le demandez pas et n’exprimez aucune supposition.
kit-ask-title = Demander.
kit-agree-title = Convenir d’une chose.
kit-date-title = Fixer une date.
kit-date = Notez-la en une phrase, avec une personne qui s’en occupe et le jour où tout le monde y reviendra.
kit-safety-start = « Je veux entendre parler des problèmes tant qu’ils sont petits. Quand cela nous a-t-il aidés, dernièrement, que quelqu’un dise tôt quelque chose ? »
kit-safety-ask = D’abord deux minutes en silence, puis à deux : qu’est-ce qui rend plus facile, ici, de dire une erreur ou un doute, et qu’est-ce qui le rend plus difficile ? Chaque paire rapporte un point. Écoutez, remerciez et ne défendez rien aujourd’hui.
kit-safety-agree = Quelque chose qui se fait à chaque réunion, par exemple : avant de décider, tout le monde nomme une chose qui pourrait mal tourner ; on remercie avant de répondre.
kit-standards-start = « Des engagements n’aident que si l’on peut aussi en demander des nouvelles. Lesquels des nôtres tiennent sans qu’il faille les rappeler ? »
kit-standards-ask = À deux : sur quel engagement aimerions-nous pouvoir compter davantage, et que lui manque-t-il : est-ce trop, est-ce flou, ou personne ne demande-t-il ? Parlez de l’engagement, non de qui ne l’a pas tenu.
kit-standards-agree = Un engagement en une phrase, avec qui et pour quand, et la façon de demander quand cela coince : « Que manque-t-il pour que cela marche ? »
kit-learning-start = « Dernièrement, quelque chose ne s’est pas passé comme prévu ; cela arrive à qui travaille. Ce qui m’intéresse, c’est comment c’est arrivé, pas qui c’était. »
kit-learning-ask = Choisissez ensemble un cas de ce genre, un petit. Que savions-nous alors, qu’est-ce qui s’est mis en travers, et qu’est-ce qui l’aurait montré plus tôt ?
kit-learning-agree = Un changement qui en découle et qui sera en place dans deux semaines, et à quoi nous verrons s’il aide.
kit-other-start = « Voilà ce que les réponses disent de ce sujet. Qu’en reconnaissez-vous dans notre travail ? »
kit-other-ask = À deux : de laquelle de ces affirmations vaut-il le plus la peine de parler, et quand cela s’est-il bien passé ? Chaque paire rapporte un point.
kit-other-agree = Une chose que nous essayons pendant quatre semaines, assez petite pour commencer demain.
kit-rise-start = « Quelque chose s’est amélioré ici. Qu’avons-nous fait autrement ? »
kit-rise-ask = À deux : qu’est-ce qui a aidé, et qu’est-ce qui nous le ferait perdre ? Chaque paire rapporte un point.
kit-rise-agree = Une habitude que nous gardons exprès, même quand il y a beaucoup à faire.
kit-anything-start = « Rien de particulier ne se distingue sur cette page. Alors dites-moi : de laquelle de ces affirmations aimeriez-vous le plus parler ? »
kit-anything-ask = À deux : choisissez une affirmation. Quand était-elle vraie ici, et qu’est-ce qui était différent alors ? Chaque paire rapporte un point.
kit-anything-agree = Une chose que nous essayons pendant quatre semaines, assez petite pour commencer demain.

# Les pages du résultat de l’organisation
part-overview = L’organisation
part-comparison = Depuis la campagne précédente
part-groups = Groupes
part-differences = Différences
part-participation = Participation
part-quality = Qualité de la mesure
chart-beside-table = Le tableau à côté de ce dessin contient les mêmes chiffres.
from-to = { $first } à { $last }

# Groupes et dimensions
map = Groupes et dimensions
map-method-few = Là où moins de 10 groupes ont une valeur, rien n’est rapproché : chaque fourchette est la valeur du groupe telle quelle.
map-legend = Le bleu est au-dessus du milieu de l’échelle, l’orange au-dessous ; plus la couleur est soutenue, plus l’écart est grand. Pâle et entre parenthèses : repose surtout sur les autres groupes. Entièrement hachuré : non visible. Une flèche vers le haut : tant ou plus ; vers le bas : tant ou moins. Deux carrés devant un nom et un bord inférieur hachuré : comptés ensemble.
map-title = Groupes et dimensions : où chaque groupe se situe probablement entre 0 et 100 points
map-like-all = comme tous
map-faint = { $range }, surtout d’après les autres groupes
untold = on ne peut pas le dire

# Groupes et hasard
funnel = Groupes et hasard
funnel-method = Même si tous les groupes étaient semblables, le hasard disperserait leurs valeurs, celles des petits groupes davantage que celles des grands. Les bandes pâles montrent jusqu’où : de groupes semblables, au moins 19 sur 20 se trouvent dans la bande intérieure et au moins 998 sur 1000 dans la bande extérieure. Jusqu’à un groupe sur 20 se trouve donc hors de la bande intérieure par le seul hasard. Aucun ordre des groupes n’en découle.
funnel-legend = Un point vide se trouve dans la bande intérieure, un point plein en dehors, un losange en dehors des deux. Une flèche : tant ou plus, ou tant ou moins.
funnel-title = { $dimension } : tous les groupes, et jusqu’où le seul hasard porterait des groupes de leur taille
funnel-mean = La moyenne de tous les groupes est de { $mean } points sur 100.
funnel-people = Personnes ayant répondu
funnel-inner = Au moins 19 sur 20 semblables
funnel-outer = Au moins 998 sur 1000 semblables
funnel-within = dans les limites du hasard
funnel-below = plus bas que là où le hasard porte la plupart des groupes
funnel-above = plus haut que là où le hasard porte la plupart des groupes
funnel-far-below = bien plus bas que le hasard ne l’explique
funnel-far-above = bien plus haut que le hasard ne l’explique
quadrant-groups = Parole ouverte et exigences ensemble
quadrant-groups-method = Chaque point est un groupe, plein là où sa zone peut être nommée. Autour de ceux-ci se trouve une ligne qui contient la vraie position environ 19 fois sur 20, s’il n’y en a pas plus de 12.
quadrant-title = { $safety } et { $standards } : où chaque groupe se situe entre 0 et 100 points
quadrant-zone = Zone
zone-either = soit { $zone }, soit { $other }

# Participation de tous les groupes
strip = Combien de personnes ont répondu, groupe par groupe
strip-method = Par tranches. Un taux n’est montré que là où 10 personnes ou plus étaient invitées, et non là où des réponses comptées un niveau plus haut font partie d’un groupe. Candor ne montre jamais qui a répondu. Peu de réponses sont une raison de demander ce qui empêche de répondre, et non qui.
strip-legend = Rempli : la tranche où se situe le taux, sur 100 personnes invitées. Hachuré : aucun taux n’est montré. Deux carrés devant un nom : comptés ensemble.
strip-title = Sur 100 personnes invitées, combien ont répondu, groupe par groupe

# Qualité de la mesure
quality = Ce que valent les affirmations comme mesure
quality-method = Calculé à partir de toutes les réponses de l’organisation ensemble, avant leur destruction, jamais à partir de celles d’un seul groupe. Ces chiffres disent dans quelle mesure les affirmations d’une dimension mesurent une seule et même chose ; ils ne disent pas si c’est la bonne.
quality-none = Moins de 100 personnes ont répondu à toutes les affirmations. À partir d’un si petit nombre, de tels chiffres en diraient plus sur le hasard que sur les affirmations ; il n’y en a donc pas.
quality-old = Ce résultat a été écrit par une version antérieure de Candor, qui ne calculait pas ces chiffres.
quality-measure = Mesure
quality-rests = { $groups ->
    [one] D’après les réponses de personnes au nombre de { $people }, dans un groupe.
   *[other] D’après les réponses de personnes au nombre de { $people }, dans { $groups } groupes.
  }
quality-alpha = Alpha de Cronbach
quality-alpha-means = à quel point les personnes répondent de façon semblable aux affirmations d’une dimension. À 0, les réponses n’ont rien en commun, à 1, tout. À partir d’environ 0,7, des affirmations sont d’ordinaire lues comme une seule échelle ; c’est un usage, pas une preuve.
quality-omega = Oméga de McDonald
quality-omega-means = la même chose, sans supposer que chaque affirmation compte autant que la suivante. Là où il est proche d’alpha, cette supposition nuit peu.
quality-icc-one = ICC(1)
quality-icc-one-means = quelle part des différences entre les personnes se situe entre les groupes, calculée à partir des réponses elles-mêmes. À 0,05, 5 parts sur 100 se situent entre les groupes et 95 entre les personnes d’un même groupe.
quality-icc-two = ICC(2)
quality-icc-two-means = à quel point la moyenne d’un groupe de taille moyenne est fiable. Au-dessous de 0,5, plus de la moitié de ce qui distingue les moyennes des groupes est dû au hasard.
coefficient = { $sign }{ $whole },{ $hundredths }
coefficient-few-items = trop peu d’affirmations
coefficient-few-groups = moins de 20 groupes
coefficient-no-spread = tout le monde a répondu de la même façon
coefficient-no-difference = les groupes ne diffèrent pas plus que les personnes qui les composent
coefficient-out-of-range = les affirmations ne mesurent pas une seule chose, ou l’une d’elles est inversée à tort

# Depuis la campagne précédente
since = Depuis { $since }
comparison-only-before = Une campagne est comparée avec la campagne publiée qui la précède, et avec aucune autre : les groupes sont suivis d’une campagne à la suivante, et toute comparaison de plus serait une occasion de plus de trouver quelque chose par hasard. L’évolution sur toutes les campagnes figure à côté des valeurs de l’organisation.
comparison-groups = Changements, groupe par groupe
origins = D’où viennent les groupes
origins-method = Un changement n’est annoncé qu’entre des ensembles de groupes qui réunissent, autant que possible, les mêmes personnes. Ce que chaque groupe prolonge a été figé avec la liste du personnel au lancement de la campagne.
origins-what = Ce qui s’est passé
origins-before = Avant, et combien des personnes d’aujourd’hui en faisaient partie
origins-ended = Terminés
origins-same = { $count ->
    [one] Un groupe est tel qu’il était.
   *[other] { $count } groupes sont tels qu’ils étaient.
  }
event-none = tel qu’il était
event-new = nouveau
event-merged = fusionné
event-split = divisé
event-renamed = renommé
event-moved = passé dans une autre unité
continued = { $group } : { $share }
share-three-quarters = trois quarts ou plus
share-half = de la moitié à trois quarts
share-quarter = d’un quart à la moitié
share-few = moins d’un quart
multiples = Au fil du temps, groupe par groupe
multiples-title = { $group } : points sur 100 à chaque campagne
multiples-legend = Un point avec sa fourchette, de 0 à 100 dans chaque dessin ; une croix : la campagne s’est terminée sans résultat ; un point d’interrogation : non comparable ; hachuré : non visible.

# L’exemple inventé d’une page de résultats, pour les personnes invitées à répondre
specimen-title = Un exemple inventé de la page d’un ou une responsable
specimen-mark = Exemple inventé
specimen-nobody = Le groupe, les campagnes et tous les chiffres de cette page sont inventés. Elle ne contient aucune réponse de qui que ce soit et elle est la même pour toutes les personnes qui l’ouvrent.
specimen-made = Voici à quoi ressemble la page d’un ou une responsable. L’exemple est produit par le même programme, avec les affirmations de cette campagne et ses règles pour les petits groupes.
specimen-differs = Ce qui est visible dans le vrai résultat dépend du nombre de réponses et de leur contenu. Lors d’une première campagne, il n’y a rien à comparer.
specimen-back = Pour revenir à l’enquête, il suffit de fermer cet onglet.
specimen-end = Fin de l’exemple inventé.
specimen-group = Groupe inventé
specimen-round = exemple

# Files to take along: workbook, paper, notice board
about-title = À propos de ce résultat
about-what = Ce que c’est
about-not-for = Ce à quoi il ne sert pas
about-reading = Comment le lire
about-unseen = Ce qui ne se voit pas
about-round = Le résultat de la campagne { $round } de { $organisation }. Il est fait de ce qui a été publié et de rien d’autre : quiconque le refait obtient le même.
about-form = Le questionnaire : { $title }, version { $version }.
about-method = Les nombres et les mots suivent les règles { $method }, que la documentation de Candor explique.
about-smallest = Rien n’est montré de moins de { $people } personnes ayant répondu ensemble.
about-comments = Ce que les gens ont écrit ne figure dans aucun fichier. Cela n’est que sur la page, pour qu’un commentaire qui nomme quelqu’un puisse encore être masqué.
file-what = Quoi
file-unit = Unité
file-name = Nom
file-answers-from = Réponses, de
file-answers-to = Réponses, à
file-rate-from = Sur 100 invités, de
file-rate-to = Sur 100 invités, à
file-covers-from = Sur 100 personnes de l’unité, comprises de
file-covers-to = Sur 100 personnes de l’unité, comprises à
file-topic = Thème
file-score = Points sur 100
file-lowest = Au moins
file-highest = Au plus
file-since = Depuis la campagne
file-change = Évolution
file-difference = Différence en points
file-difference-lowest = Différence, au moins
file-difference-highest = Différence, au plus
file-detectable = Une vraie évolution d’autant de points serait trouvée quatre fois sur cinq
file-remark = Remarque
file-at-least = La différence est la plus petite possible ; on ne sait pas de combien elle la dépasse.
file-together = Compté avec
file-finding = Ce que l’on peut dire
file-rounds = Campagnes
file-share = Sur 100 parts, entre groupes
file-share-lowest = Sur 100 parts, au moins
file-share-highest = Sur 100 parts, au plus
file-statement = Affirmation
file-rests-on = Sur quoi cela repose
file-lowest-statement = L’affirmation la plus basse
file-begin = Pour commencer
file-ask = À demander
file-agree = À convenir
file-low-by-itself = bas à elle seule : toute la fourchette se situe au-dessous de 58, même si l’on pose la question pour toutes les affirmations à la fois
file-number = Numéro
file-day = Jour
file-correction = Correction
file-sheets = Les autres feuilles
file-empty = Un champ vide signifie qu’il n’y a rien à dire ou que cela ne se voit pas ; les points, les mots ou la remarque de la même ligne disent lequel des deux. Tous les nombres sont des points entiers sur 100, sauf si leur colonne dit autre chose.
sheet-read-me = À lire d’abord
sheet-results = Résultats
sheet-over-time = Au fil du temps
sheet-next = De quoi parler maintenant
sheet-recent = Dernières campagnes ensemble
sheet-single = Affirmations une à une
sheet-together = Parole ouverte et exigences
sheet-conversation = À discuter
sheet-course = Tendance
sheet-differences = Différences
sheet-estimates = Estimations
sheet-said = Dit ou vécu
sheet-statements = Affirmations
sheet-corrections = Corrections
paper-numbering = Page { $page } sur { $pages }
paper-title = { $whose }, { $round }
paper-replaced = Un point d’interrogation remplace ici des caractères que ce fichier ne peut pas imprimer ({ $characters }) ; la page à l’écran les montre.
paper-comments = Ce que les gens ont écrit n’est que sur la page à l’écran, pour qu’un commentaire qui nomme quelqu’un puisse encore être masqué.
notice-title = Ce que nous avons appris
notice-thanks = Merci à toutes les personnes qui ont répondu.
notice-next = La suite
notice-commitments = Deux choses que nous entreprenons, chacune avec une date :
