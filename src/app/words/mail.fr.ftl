# E-mails envoyés aux personnes, en français. Campagne, liste du personnel, promesse ; rien de technique. La page de l'enquête dit la même chose dans client/words.
# Espaces fines insécables (U+202F) devant ; : ! ? et à l'intérieur des guillemets.
# Les deux formes d’adresse figurent côte à côte, [vous|tu] ; le questionnaire dit laquelle vaut.

weekday = { $weekday ->
    [1] lundi
    [2] mardi
    [3] mercredi
    [4] jeudi
    [5] vendredi
    [6] samedi
   *[7] dimanche
  }
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
date = { $weekday } { $day ->
    [1] 1er
   *[other] { $day }
  } { $month } { $year }
moment = { $date } à { $time } ({ $zone })
time-of = heure locale, { $place }
quoted = « { $text } »
and = et
# « et » devant un nom qui commence par le son i ; seules certaines langues ont là un autre mot.
and-before-i = et

greeting = Bonjour { $name },
greeting-all = Bonjour,

invitation-subject = { $organisation } : enquête anonyme, ouverte jusqu’au { $date }
invitation-subject-manual = { $organisation } : enquête anonyme
invitation-lead = { $organisation } [vous demande votre|te demande ton] avis : { $title }. { $statements ->
    [one] Une affirmation
   *[other] { $statements } affirmations
  }, environ { $minutes ->
    [one] une minute
   *[other] { $minutes } minutes
  }. [Vous pouvez|Tu peux] laisser sans réponse celles que [vous voulez|tu veux].

reminder-subject = Rappel : { $organisation }, enquête anonyme, ouverte jusqu’au { $date }
reminder-subject-manual = Rappel : { $organisation }, enquête anonyme
reminder-lead = L’enquête de { $organisation } est encore ouverte : { $title }. { $statements ->
    [one] Une affirmation
   *[other] { $statements } affirmations
  }, environ { $minutes ->
    [one] une minute
   *[other] { $minutes } minutes
  }. La participation est libre.
reminder-crossed = Si [vous avez|tu as] répondu entre-temps, cet e-mail a croisé [votre|ta] réponse, et il ne [vous|te] reste rien à faire. Ce lien et ceux des e-mails précédents ouvrent tous la même enquête ; chaque personne compte une fois.

open-until = Enquête ouverte jusqu’au { $moment }.
open-until-extended = Enquête prolongée : ouverte jusqu’au { $moment }.
days = { $days ->
    [one] { $days } jour
   *[other] { $days } jours
  }
open-manual = Ceci est une démonstration : la clôture de la campagne se fait à la main.

answer-button = Répondre à l’enquête
answer-personal = Ce lien est personnel. Toute personne qui le détient peut répondre à [votre place : veuillez|ta place : merci de] ne pas transférer cet e-mail.
code-intro = Si le lien ne fonctionne pas, ou si [vous préférez|tu préfères] un autre appareil : [ouvrez|ouvre] { $page } et [saisissez|saisis] ce code.
code-label = [Votre|Ton] code

group-led = [Votre|Ton] équipe est { $team }, dirigée par { $leaders }.
group-teams = Plusieurs équipes répondent dans ce groupe : { $teams }.
group-unled = [Votre|Ton] équipe est { $team } ; sa direction n’est pas précisée.

protection-receipt = Après l’envoi, [vous obtenez|tu obtiens] un reçu. Il [vous|te] permet de vérifier que [votre|ta] réponse a été comptée.
limits-more = Ce qui pourrait encore mal tourner, et comment vérifier cette promesse, est indiqué sur la page de l’enquête : { $page }

# Ce que dit la promesse quand l'organisation ne dit rien elle-même, après « À quoi cela sert : » et « À quoi cela ne doit pas servir : » ; ne pas évaluer fait une phrase à part.
sheet-purpose = À voir si l’on peut ici parler ouvertement, admettre ses erreurs et demander de l’aide tout en gardant des exigences élevées, et à en parler dans l’équipe.
sheet-not-for = À décider des salaires, des promotions ou de sanctions, ou à chercher qui a dit quoi.

words-title = Mots de contrôle
words-intro = Ces mots sont l’empreinte de la promesse de cette campagne et de [votre|ton] groupe. La page de l’enquête les montre aussi. S’ils y sont différents, ou s’ils diffèrent de ceux de [vos|tes] collègues, ne [répondez|réponds] pas et [signalez|signale]-le à la représentation du personnel ou aux ressources humaines.
words-round = Les mêmes pour tout le monde dans cette campagne
words-group = Les mêmes pour tout le monde dans [votre|ton] groupe

reminders-until = Les rappels ne sont envoyés que tant qu’aucune réponse n’est arrivée avec l’un de [vos|tes] liens.
reminders-none = [Vous ne souhaitez|Tu ne souhaites] pas recevoir de rappel pour cette campagne ? [Indiquez|Indique]-le ici ; ce n’est pas une réponse, et [votre|ton] lien reste valable.
reminders-button = Ne pas m’envoyer de rappel pour cette campagne

closing-subject = { $organisation } : l’enquête est close. Qu’est-ce qui est enregistré à [votre|ton] sujet ?
closing-lead = L’enquête de { $organisation } n’accepte plus de réponses : { $title }. Toutes les personnes invitées par e-mail reçoivent celui-ci, avec le même texte.
closing-status = La page vers laquelle mène ce lien indique ce qui est enregistré à [votre|ton] sujet : [vous avez|tu as] répondu ou non. Elle ne sait pas ce que [vous avez|tu as] répondu.
closing-button = Qu’est-ce qui est enregistré à mon sujet ?
closing-receipt = Une liste de toutes les réponses comptées, sans aucun nom, s’y trouve également. Si [vous avez|tu as] gardé [votre|ton] reçu, [vous pouvez|tu peux] l’y chercher.
closing-objections = Si [votre|ton] reçu ne figure pas sur la liste, [vous pouvez|tu peux] y déposer une réclamation jusqu’au { $moment } ; d’ici là, rien n’est ouvert. Si ce qui est enregistré à [votre|ton] sujet est inexact, [signalez|signale]-le à la représentation du personnel ou aux ressources humaines.
closing-objections-manual = Si [votre|ton] reçu ne figure pas sur la liste, [vous pouvez|tu peux] y déposer une réclamation avant l’ouverture des réponses. Si ce qui est enregistré à [votre|ton] sujet est inexact, [signalez|signale]-le à la représentation du personnel ou aux ressources humaines.
closing-publication = Les résultats sont publiés le { $moment } au plus tôt. Ensuite, la clé et toutes les réponses scellées sont détruites.
closing-publication-manual = Lorsque les résultats sont publiés, la clé et toutes les réponses scellées sont détruites.
closing-publication-holder = { $holder } ouvre les réponses, avec une clé que l’exploitant n’a pas. Les résultats sont publiés le { $moment } au plus tôt. Ensuite, l’exploitant détruit toutes les réponses scellées, et { $holder } détruit la clé.
closing-publication-holder-manual = { $holder } ouvre les réponses, avec une clé que l’exploitant n’a pas. Lorsque les résultats sont publiés, l’exploitant détruit toutes les réponses scellées, et { $holder } détruit la clé.
closing-team = À partir du { $moment } au plus tôt, le même lien mène au résultat de [votre|ton] groupe. Il n’y aura pas d’autre e-mail à ce sujet.
closing-team-manual = Une fois les résultats publiés, le même lien mène au résultat de [votre|ton] groupe. Il n’y aura pas d’autre e-mail à ce sujet.
closing-addresses = Après le début de la campagne, les e-mails n’ont pas atteint { $count ->
    [one] une personne, et les ressources humaines ont indiqué une autre adresse pour elle. L’ancienne adresse en a été informée.
   *[other] { $count } personnes, et les ressources humaines ont indiqué d’autres adresses pour elles. Les anciennes adresses en ont été informées.
  }
closing-found-later = Pendant la campagne, on a constaté ce que sa promesse ne dit pas :

moved-subject = { $organisation } : [votre|ton] adresse pour l’enquête a été modifiée
moved-lead = Des e-mails de l’enquête « { $title } » de { $organisation } sont revenus de cette adresse. Les ressources humaines en ont indiqué une autre ; celle-ci ne recevra plus d’e-mails pour cette campagne.
moved-tell = Si [vous n’en savez|tu n’en sais] rien, [parlez-en|parles-en] aux représentants du personnel ou aux ressources humaines : qui lit les e-mails à la nouvelle adresse peut répondre à [votre|ta] place. Tout le monde apprend combien d’adresses ont été modifiées.
moved-keep = Les liens arrivés ici restent valables tant que l’on peut répondre. Quel que soit le nombre de liens, chaque personne compte une seule fois.

aborted-subject = { $organisation } : l’enquête s’est terminée sans résultat
aborted-lead = L’enquête de { $organisation } s’est terminée sans résultat : { $title }. Toutes les personnes invitées par e-mail reçoivent celui-ci, avec le même texte.
aborted-reason = La raison indiquée : { $reason }
aborted-destroyed = Toutes les réponses ont été détruites, ainsi que la clé qui les ouvre. Aucun résultat n’a été montré à qui que ce soit, et Candor ne peut plus en montrer aucun.
aborted-key-lost = Toutes les réponses ont été détruites. La clé qui les ouvre avait été perdue auparavant ; personne ne peut donc dire qu’elle a été détruite elle aussi. Aucun résultat n’a été montré à qui que ce soit, et Candor ne peut plus en montrer aucun.
aborted-destroyed-holder = Toutes les réponses que l’exploitant avait ont été détruites. La clé qui les ouvre est chez { $holder } et doit être détruite elle aussi. Aucun résultat n’a été montré à qui que ce soit, et Candor ne peut plus en montrer aucun.
aborted-trend = Les rapports laisseront un vide pour cette campagne. [Vous n’avez|Tu n’as] rien à faire ; [votre|ton] lien ne fonctionne plus.

access-subject = { $organisation } : [votre|ton] accès aux résultats d’enquête
access-subject-again = { $organisation } : [choisissez|choisis] un nouveau mot de passe
access-lead = Un compte a été créé pour [vous|toi] pour les enquêtes de { $organisation }. [Votre|Ton] nom de connexion est { $login }. [Veuillez d’abord choisir|Choisis d’abord] un mot de passe.
access-lead-again = La personne qui gère les comptes pour les enquêtes de { $organisation } a fait envoyer cet e-mail pour que [vous puissiez|tu puisses] choisir un autre mot de passe pour le nom { $login }. D’ici là, l’actuel reste valable.
access-button = Choisir un mot de passe
access-once = Le lien fonctionne une seule fois, dans un délai de { $hours ->
    [one] une heure
   *[other] { $hours } heures
  }, pour quiconque le possède : ne le [transmettez|transmets] pas. Un e-mail plus récent le remplace.
access-unasked = Si [vous n’attendiez|tu n’attendais] pas cet e-mail, [n’utilisez|n’utilise] pas le lien et [prévenez|préviens] la personne qui gère les comptes.

footer-automatic = Cet e-mail a été envoyé par { $organisation } avec Candor. Les réponses à cet e-mail ne parviennent pas à l’enquête ; [veuillez ne pas y écrire vos|merci de ne pas y écrire tes] réponses.
footer-tracking = Il ne contient ni image ni compteur : Candor n’apprend pas si [vous l’avez|tu l’as] ouvert.

# Les petites pages sans programme ; chacune montre toutes les langues, celle du navigateur d’abord. Ici : une adresse où il n’y a rien, et un instant
# où rien ne peut être lu.
language-name = Français
nowhere = Il n’y a pas d’enquête à cette adresse
nowhere-way = [Rouvrez|Rouvre] le lien de [votre|ton] e-mail, ou bien [ouvrez|ouvre] l’adresse qui figure à côté de [votre|ton] code et [saisissez|saisis] le code.
nowhere-code = Saisir mon code
away = Indisponible pour un instant
away-later = Les réponses arrivées ne sont pas perdues. [Veuillez recharger|Recharge] cette page dans une minute.

# La page du bouton « Ne pas m'envoyer de rappel » ; elle montre toutes les langues, celle du navigateur en premier.
quiet-ask = Ne plus recevoir de rappels pour cette campagne ?
quiet-ask-link = [Appuyez|Appuie] sur le bouton, et [vous ne recevrez|tu ne recevras] plus de rappels pour cette campagne. [Votre|Ton] lien personnel reste valable tant que la campagne est ouverte.
quiet-button = Ne plus m’envoyer de rappel
quiet-done = [Vous ne recevrez|Tu ne recevras] plus de rappel
quiet-done-link = [Vous ne recevrez|Tu ne recevras] plus de rappels pour cette campagne. [Votre|Ton] lien personnel reste valable.
quiet-last-mail = Après la clôture de la campagne, [vous recevrez|tu recevras] un dernier e-mail, comme toutes les personnes invitées par e-mail.
quiet-over = Cette campagne est terminée
quiet-over-no-more = Elle n’accepte plus de réponses, et il n’y aura plus de rappels à son sujet.
quiet-unknown = Rien n’a été trouvé à cette adresse
quiet-unknown-copy = Rien n’a été modifié. L’adresse a peut-être été coupée : [veuillez la copier|merci de la copier] en entier depuis [votre|ton] e-mail.
quiet-unavailable = Indisponible pour un instant
quiet-unavailable-later = Rien n’a été modifié. [Veuillez réessayer|Merci de réessayer] dans une minute.

# Cartes à code imprimées, pour les personnes sans boîte aux lettres à elles, et la page de garde pour qui imprime. Pas de place pour de longues phrases.
card-group = Groupe : { $group }
card-how = Scanner, ou ouvrir cette adresse et saisir le code :
card-link = Code QR avec le lien de cette carte
card-words = Mots de contrôle : { $words } ; du groupe : { $group }
card-promise = Réponses scellées avant l’envoi ; il ne ressort des affirmations que des chiffres portant sur { $k } personnes ou plus.
card-drawn = Candor ne sait pas qui détient cette carte.
card-printed = La personne qui a imprimé cette carte en connaît le code et pourrait s’en servir. Elle compte une fois. Après la clôture, son code indique à la même adresse si elle a servi.

cards-title = { $organisation } : cartes à code
cards-heap = { $cards ->
    [one] Une carte
   *[other] { $cards } cartes
  } pour le groupe { $group } : une pour chaque personne du groupe qui ne reçoit pas d’e-mail.
cards-teams = Équipes de ce groupe : { $teams }.
cards-draw = Découper les cartes, mettre chacune dans une enveloppe fermée, les mélanger et laisser chaque personne en tirer une. Ne noter nulle part qui a tiré laquelle.
cards-alone = Comme il n’y a qu’une carte, on sait à qui elle est. Comme pour un lien reçu par e-mail, la personne qui administre la base de données pourrait voir si elle a servi, mais pas ce qui a été répondu.
cards-lost = Une carte perdue ne peut pas être remplacée pendant la campagne : personne ne peut dire laquelle c’était.
cards-printed = Toute personne qui voit un code pourrait répondre avec lui et, après la clôture, voir s’il a servi et ouvrir le résultat du groupe, si les groupes lisent le leur. Merci de remettre les cartes fermées, de détruire celles qui restent et de supprimer le fichier après l’impression.
cards-named-title = Cartes nominatives
cards-named = { $cards ->
    [one] Une carte
   *[other] { $cards } cartes
  } : chacune est destinée à la personne dont elle porte le nom. À découper et à remettre sous enveloppe fermée.
cards-named-lost = Une carte perdue peut être imprimée de nouveau pour la même personne. Les deux fonctionnent alors et, ensemble, comptent une fois.

# La page sur laquelle un groupe lit son résultat.
team-title = Le résultat de [votre|ton] groupe
team-lead = Voici ce que la campagne { $round } de { $organisation } dit de [votre|ton] groupe. Les groupes nommés ici et leurs responsables lisent les mêmes chiffres, et les ressources humaines aussi.
team-earlier = Les campagnes précédentes n’apparaissent pas ici : leur promesse ne citait pas les groupes parmi les lecteurs. Là où cette page parle d’une première campagne, il s’agit de la première que [votre|ton] groupe peut lire.
team-none = Trop peu de personnes ont répondu pour que [votre|ton] groupe ait un résultat. Les réponses d’un nombre de personnes inférieur à celui de la promesse ne sont jamais montrées.
team-shared = L’adresse de cette page est la même pour tout [votre|ton] groupe. Quiconque la possède peut lire la page. Elle ne nomme aucune des personnes qui ont répondu, et Candor n’enregistre pas qui la lit.
