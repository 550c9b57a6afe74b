// The team's two pages: one decision behind a link of a card (decide), and the list of what waits (moderation).
// Nothing here decides by being opened: a decision is a person's click that POSTs.
(() => {
  const { lang } = document.documentElement;
  const texts = {
    fr: {
      by: 'de', on: 'sur', waits: d => `attend depuis ${d}`, reports: n => n > 1 ? n + ' signalements' : '1 signalement', parent: 'En réponse à', why: 'Ce que les règles ont vu',
      nothing: 'Les règles n’ont rien relevé.', proposed: 'Refus proposé', objection: 'L’auteur conteste', notices: 'Les lecteurs signalent', contact: 'Répondre à ce lecteur :', proposedText: 'Texte proposé', publicText: 'En ligne aujourd’hui', firstText: 'D’abord écrit, avant que son auteur le reformule', reword: d => `Son auteur a jusqu’à ${d} pour le reformuler ; vous pouvez décider sans attendre.`, answers: (n, o) => (n > 1 ? n + ' réponses publiées dessous' : '1 réponse publiée dessous') + (o > 1 ? `, dont ${o} officielles` : o ? ', dont 1 officielle' : '') + '.', remarks: 'Les règles y relèvent :', official: 'Réponse officielle', reveal: n => n > 1 ? `Montrer les ${n} données personnelles masquées` : 'Montrer la donnée personnelle masquée', revealed: 'Les données personnelles sont affichées ; c’est inscrit au journal.', unrevealed: 'Le service ne répond pas : rien de masqué n’a été montré. Réessayez dans un instant.', declared: n => `${n} (nom déclaré)`,
      subjects: { comment: 'Commentaire', proposal: 'Modification proposée', report: 'Commentaire signalé', objection: 'Refus contesté', change: 'Refus d’une modification contesté' },
      choices: { publish: 'Publier', reject: 'Refuser', keep: 'Laisser en ligne', remove: 'Retirer' },
      done: { publish: 'Publié', reject: 'Refusé', keep: 'Laissé en ligne', remove: 'Retiré', undo: 'Décision annulée : le texte attend de nouveau', answer: 'Réponse publiée' },
      reason: 'Motif du refus, communiqué à l’auteur', choose: 'Choisir un motif', confirm: 'Confirmer le refus', confirmRemoval: 'Confirmer le retrait', cancel: 'Annuler', name: 'Votre nom', nameWhy: 'Inscrit au journal avec votre décision, et retenu sur cet appareil.',
      as: n => `Vous décidez en tant que ${n}.`, change: 'Changer de nom', undo: 'Annuler cette décision', needed: 'À remplir.', down: 'Le service ne répond pas. Rien n’a été décidé : réessayez dans un instant.', unsure: 'Le service ne répond pas : on ne sait pas si votre décision est arrivée. Réessayez : elle ne comptera qu’une fois.', retry: 'Réessayer',
      another: 'Vous avez refusé ce texte : un autre modérateur répond à la contestation.', erased: 'Ce texte a été effacé : il n’y a plus rien à décider.', badName: 'Donnez votre nom, en 60 caractères au plus.', takenName: 'Le journal désigne ainsi le service lui-même : donnez votre nom.', noUndo: 'Il n’y a rien à annuler : relisez ce texte dans la liste.', cardsAsked: 'Trois nouvelles cartes ont déjà été demandées pour ce texte : retrouvez-le dans la liste.', badReason: 'Choisissez un motif de la liste.', expired: 'Ce lien a expiré : retrouvez le texte dans la liste.', forged: 'Ce lien n’est pas valable : ouvrez-le de nouveau depuis la carte.', withdrawn: 'Son auteur a retiré ce texte : il n’y a plus rien à décider.', changed: 'Le texte, ses signalements ou son état ont changé depuis cette carte : relisez-le dans la liste.', noToken: 'Ce lien est incomplet, ou la page a été rechargée : ouvrez-le de nouveau depuis la carte.', queue: 'Voir tout ce qui attend', fresh: 'Recevoir une nouvelle carte', freshSent: 'Une nouvelle carte arrive dans votre canal de modération.', doneBy: (w, n, h) => `${w}${n ? ` par ${n}` : ''}${h ? ` à ${h}` : ''}.`,
      waiting: n => n > 1 ? n + ' textes attendent une décision, les plus anciens d’abord.' : n ? '1 texte attend une décision.' : 'Rien n’attend. Tout est lu.', shown: n => n > 1 ? n + ' textes affichés, les plus anciens d’abord ; d’autres attendent.' : n ? '1 texte affiché ; d’autres attendent.' : 'D’autres textes attendent une décision.', more: 'Afficher la suite', refresh: 'Actualiser',
      key: 'Clé du hub', keyWhy: 'Donnée par l’administrateur. La session se ferme d’elle-même.', signIn: 'Entrer', signOut: 'Sortir', wrongKey: 'Cette clé n’est pas connue.', notYours: 'Cette clé ne permet pas de modérer.', foreign: address => `D’ici, le service n’accepte rien : ouvrez cette page à son adresse publique${address ? `, ${address},` : ''} puis recommencez.`, unkept: 'Votre clé est la bonne, mais ce navigateur n’a pas gardé la session : autorisez les cookies de ce site, puis recommencez.', stillIn: 'Le service ne répond pas : votre session reste ouverte. Réessayez dans un instant.', answer: 'Répondre officiellement', answerText: 'Réponse publiée au nom de la collectivité', send: 'Publier la réponse',
      lists: {
        words: 'Mots de la collectivité', wordsWhy: 'Ils s’ajoutent aux listes du hub, sur tous les sites. Essayez-les sur les derniers commentaires avant de les enregistrer.', officials: 'Élus', officialsWhy: 'Une personne lit tout commentaire signé d’un de ces noms avant sa publication.', unread: 'Cette liste n’a pas pu être lue.',
        kinds: { hold: 'Mots qui retiennent un commentaire', allow: 'Mots laissés passer', names: 'Noms' }, none: 'Aucun.', until: d => `jusqu’au ${d} inclus`, over: d => `terminé le ${d}`, added: (n, d) => `ajouté ${n ? `par ${n} ` : ''}le ${d}`, fresh: 'pas encore enregistré', remove: 'Retirer de la liste',
        word: 'Mot ou expression', name: 'Nom et prénom', list: 'Effet', effects: { hold: 'Retient le commentaire', allow: 'Laisse passer' }, end: 'Dernier jour (facultatif)', endWhy: 'Le mot cesse de lui-même de compter le lendemain.', add: 'Ajouter à la liste', twice: 'Il est déjà dans la liste.', other: 'Il est dans l’autre liste : retirez-le d’abord.', long: 'Trop long.',
        addedNow: v => `« ${v} » est ajouté, pas encore enregistré.`, removed: v => `« ${v} » est retiré, pas encore enregistré.`, last: 'Derniers commentaires', trial: 'Essayer', save: 'Enregistrer', drop: 'Abandonner les changements', dropped: 'Les changements sont abandonnés.', saved: 'La liste est enregistrée et compte dès maintenant.', moved: 'Quelqu’un a changé la liste entre-temps : vos changements y sont reportés. Relisez, puis recommencez.', bad: 'La liste n’est pas acceptée :', unsaved: 'Le service ne répond pas : rien n’a été enregistré. Réessayez dans un instant.', notYours: 'Les listes sont tenues par les rédacteurs et l’administrateur.',
        result: (n, s, f, c) => `Commentaires relus : ${n}. Retenus en plus : ${s} ; laissés passer : ${f} ; verdicts changés en tout : ${c}.`, part: 'Le temps a manqué pour les relire tous.', change: (a, b) => `${a} → ${b}`, verdicts: { publish: 'passe', hold: 'retenu', reject: 'refus proposé' }, found: 'Essai : commentaires dont le verdict changerait'
      },
      keptText: 'Vous êtes de nouveau entré. Ce que vous aviez écrit est gardé plus bas, pas encore enregistré.', leaving: 'Ce que vous avez écrit n’est pas enregistré et sera perdu. Sortir quand même ?',
      contested: 'Refus contesté', charter: 'Lire l’article cité (nouvel onglet)', settings: 'Régler cette page', history: 'Historique de ce texte', historyFile: 'Télécharger l’historique (JSON)', unreadHistory: 'L’historique n’a pas pu être lu.',
      lately: { published: 'Publiés récemment', rejected: 'Refusés récemment' }, rules: 'les règles', decided: (w, n, d) => `${w}${n ? ` par ${n}` : ''}, le ${d}.`, none: 'Rien dans les 90 derniers jours.',
      debates: {
        title: n => n > 1 ? n + ' discussions demandent votre attention' : '1 discussion demande votre attention', turned: d => `signalée le ${d}`, waiting: n => n > 1 ? n + ' textes attendent' : n ? '1 texte attend' : 'rien n’attend', held: d => `Page en attente jusqu’au ${d} : tout nouveau commentaire est lu avant d’être publié.`,
        acts: { hold: 'Mettre la page en attente', close: 'Fermer la page', leave: 'Laisser comme c’est' },
        sure: { hold: d => `Tout nouveau commentaire attendra jusqu’au ${d} ; un avis le dit aux lecteurs, qui peuvent continuer à écrire. La page rouvre ensuite d’elle-même.`, close: () => 'Plus personne ne pourra écrire sur cette page avant qu’une personne la rouvre depuis la page de modération.', leave: () => 'La discussion continue comme avant. Vous ne serez prévenu de nouveau que si une menace paraît, ou si elle dérape encore après s’être calmée.' },
        yes: { hold: 'Oui, mettre en attente', close: 'Oui, fermer', leave: 'Oui, laisser' }, done: { hold: d => `Page en attente${d ? ` jusqu’au ${d}` : ''}`, close: () => 'Page fermée', leave: () => 'Discussion laissée comme elle est' },
        one: 'La discussion demandée', settled: n => n > 1 ? n + ' discussions laissées ou pages fermées' : '1 discussion laissée ou page fermée', shut: 'La page est fermée : personne n’y écrit avant qu’une personne la rouvre.',
        release: 'Rouvrir maintenant', released: 'La page est rouverte', calm: 'Rien n’est plus à décider : la discussion s’est calmée, ou a été signalée de nouveau.', evidence: 'Dossier de preuves (JSON)', evidenceWhy: 'Pour une plainte : tous les textes, leurs dates et leurs empreintes. Le téléchargement est inscrit au journal.', evidenceSignIn: 'Le dossier de preuves se télécharge depuis la page de modération.', written: d => `, le ${d} :`, others: 'Autres textes récents qui attendent sous cette page', call: 'À appeler', steps: 'Que faire', answers: 'Réponses prêtes, à adapter', only: 'Seuls les textes de cette page sont affichés.', all: 'Tout afficher'
      },
      steps: { received: 'reçu', held: 'retenu', published: 'publié', rejected: 'refusé', kept: 'laissé en ligne', reopened: 'décision annulée', edited: 'modification publiée', reworded: 'reformulé par son auteur', 'sent-as-it-is': 'envoyé tel quel par son auteur', proposed: 'modification proposée', 'proposal-held': 'modification retenue', 'proposal-rejected': 'modification refusée', 'proposal-objected': 'refus de la modification contesté', objected: 'refus contesté', reported: 'signalé', withdrawn: 'retiré par son auteur', erased: 'effacé', revealed: 'données personnelles affichées', 'card-asked': 'nouvelle carte demandée', 'card-sent': 'carte envoyée', reminded: 'rappel envoyé', 'in-digest': 'annoncé dans un récapitulatif', 'mail-instead': 'courriel à la place de la carte', mailed: 'courriel envoyé', listed: 'mis dans la liste', told: 'auteur prévenu', 'not-told': 'auteur non prévenu', bounced: 'courriel à l’auteur refusé', answered: 'réponse de la collectivité', expired: 'effacé, délai dépassé sans décision', 'mail-later': 'courriel remis à plus tard', 'mail-refused': 'courriel refusé', 'mail-given-up': 'courriel abandonné', 'email-forgotten': 'adresse de courriel effacée', 'proposal-forgotten': 'modification effacée', 'rest-erased': 'dernières traces effacées', 'name-forgotten': 'nom effacé' },
      whos: { rules: 'les règles', author: 'son auteur', reader: 'un lecteur', clock: 'l’horloge', link: 'un lien', forgotten: 'une personne dont le nom n’est plus conservé' }, step: (d, w, n) => `${d} : ${w}, par ${n}`,
      alarms: {
        cards: (n, d, c) => `Depuis le ${d}, le canal Teams ne reçoit plus les cartes (${n > 1 ? n + ' attendent' : '1 attend'}${c ? `, réponse ${c}` : ''}) : l’équipe n’est pas prévenue par là. Rien n’est perdu, tout est dans cette page ; demandez à l’administrateur de vérifier le flux Teams.`,
        address: names => `Le canal Teams ${names} n’a pas d’adresse : aucune carte n’y arrive. Demandez à l’administrateur de renseigner ce réglage ; d’ici là, regardez cette page souvent.`,
        mails: (n, d, c) => `Depuis le ${d}, le serveur de courrier ne prend plus les messages (${n > 1 ? n + ' attendent' : '1 attend'}${c ? `, réponse ${c}` : ''}) : l’équipe ou des auteurs ne sont pas prévenus. Ils partiront d’eux-mêmes s’il répond dans les trois jours ; prévenez l’administrateur.`,
        password: 'Le serveur de courrier n’a pas de mot de passe : aucun courriel ne part. Demandez à l’administrateur de renseigner ce réglage.', refusing: 'Le serveur de courrier refuse tous les messages aux auteurs et aux lecteurs : ils ne sont pas prévenus. Demandez à l’administrateur de le vérifier.',
        nobody: 'Personne n’est prévenu d’une menace ailleurs que sur cette page : ni canal Teams ni courrier n’est réglé. Regardez-la souvent, ou demandez à l’administrateur d’en régler un.', unnamed: 'Personne n’est prévenu d’une menace ailleurs que sur cette page : le courrier est réglé, mais personne n’est inscrit sous « Équipe et astreintes ».'
      },
      ready: { title: 'Réponses prêtes', insert: 'Insérer', done: v => `« ${v} » est inséré à la fin de votre réponse : adaptez-le.`, long: 'Il n’y a plus assez de place : une réponse a 4 000 caractères au plus.' },
      keys: {
        title: 'Raccourcis clavier', open: 'Raccourcis', close: 'Fermer', on: 'Utiliser les raccourcis d’une seule touche', note: 'Ils ne jouent pas pendant que vous écrivez dans un champ. Une décision demande toujours ce que demande son bouton.', stale: 'Lisez d’abord ce texte : la même touche décidera ensuite.',
        list: { j: 'Texte suivant', k: 'Texte précédent', f: 'Publier, ou laisser en ligne, le texte où vous êtes', d: 'Refuser, ou retirer, le texte où vous êtes : le motif est demandé', '?': 'Cette aide' }
      },
      signedOut: 'Votre session est fermée : copiez ce que vous avez écrit, rechargez la page, puis entrez de nouveau.', badAnswer: 'Une réponse a de 1 à 4 000 caractères : corrigez la vôtre.', sentBefore: 'Une autre réponse est déjà partie d’ici : actualisez la liste avant d’en écrire une nouvelle.', unsent: 'Le service ne répond pas. Votre réponse est gardée ici : renvoyez-la, elle ne paraîtra qu’une fois.',
      pubs: { title: 'Publications', waiting: n => n > 1 ? n + ' publications attendent quelqu’un, les plus anciennes d’abord.' : n ? '1 publication attend quelqu’un.' : 'Aucune publication n’attend.', link: n => n > 1 ? n + ' publications demandent une décision' : '1 publication demande une décision', notYours: 'Ce que la collectivité publie sur ses réseaux est approuvé par ses rédacteurs ; votre clé permet d’autres choses.', unread: 'Les publications n’ont pas pu être lues.', on: (a, n) => `sur ${a} (${n})` },
      pubStates: { planned: 'Attend un accord', uncertain: 'Issue inconnue', failed: 'Échec' },
      pubTimes: { planned: d => `prévue le ${d}`, uncertain: d => `envoyée le ${d}`, failed: d => `prévue le ${d}`, ends: d => `expire le ${d}` },
      pubWhy: { burst: 'Plusieurs articles ont paru d’un coup.', relaunch: 'Aucun article de ce flux n’était connu : c’est le premier d’un site, ou un site refait.', restored: 'Les données du hub viennent d’une copie restaurée.', undated: 'Rien ne dit de quand il date, et il paraît derrière des articles connus : il est peut-être ancien.', 'same-title': 'Un autre article du même jour porte ce titre.', 'same-page': 'Un article déjà connu a la même adresse : c’est peut-être lui.', 'text-too-long': 'Le texte ne tient pas dans la limite du réseau.', changed: 'L’article a changé depuis l’accord donné.', remarks: 'Les règles de modération y voient ce qui est dit ci-dessous : rien ne part sans vous.', unchecked: 'Les règles de modération n’ont pas pu tout vérifier : rien ne part sans vous.', policy: 'La collectivité relit chaque annonce avant l’envoi.', proposal: 'Un contributeur propose ce texte.', planned: 'Une personne doit donner son accord.', uncertain: 'Le réseau n’a pas répondu : nul ne sait si elle est parue. Regardez le compte avant de décider.', failed: 'Elle n’est pas partie.', late: 'Son délai est passé : écrivez-en une nouvelle.', detail: 'Détail technique' },
      pubMissed: { title: n => n > 1 ? n + ' publications ne sont pas parues ces 7 derniers jours' : '1 publication n’est pas parue ces 7 derniers jours', expired: 'son délai est passé', 'article-gone': 'la page de l’article n’existe pas ou plus', 'account-removed': 'le compte n’est plus dans hub.json', off: 'la publication était coupée', 'dry-run': 'le hub ne faisait que montrer ce qu’il enverrait', 'planned-before-switching-on': 'elle était prévue avant que la publication soit ouverte', frozen: 'les envois étaient suspendus', 'awaiting-approval': 'personne ne l’a approuvée', 'card-not-taken': 'personne ne l’a approuvée', 'quiet-hours': 'les heures de silence', pace: 'l’écart voulu entre deux envois', 'account-busy': 'un autre envoi du compte n’était pas fini', 'rate-limit': 'le réseau demandait d’attendre', 'account-refused': 'le réseau refusait le compte ou son secret', refused: 'elle a été refusée', 'killed-twice': 'le hub s’est arrêté deux fois en la préparant' },
      pubActs: { approve: 'Approuver', cancel: 'Ne pas publier', confirm: 'Elle y est', absent: 'Elle n’y est pas', retry: 'Renvoyer' },
      pubSure: { despite: 'Elle paraîtra malgré ce que les règles y voient. ', approve: 'Elle partira dès que l’heure et les conditions d’envoi le permettent. Une fois partie, elle ne se reprend pas.', cancel: 'Elle ne sera jamais publiée : cela ne se défait pas.', confirm: 'Le hub la tiendra pour parue : cela ne se défait pas.', absent: 'Le hub la tiendra pour non parue, et ne l’enverra plus : cela ne se défait pas. Regardez d’abord le compte.', retry: 'Si elle est déjà parue, elle paraîtra deux fois : regardez d’abord le compte.', again: 'Elle sera préparée de nouveau, et partira.' },
      pubYes: { approve: 'Oui, l’approuver', cancel: 'Oui, ne pas publier', confirm: 'Oui, elle y est', absent: 'Oui, elle n’y est pas', retry: 'Oui, renvoyer' },
      pubDone: { approve: 'Approuvée, elle part dès que les conditions d’envoi le permettent', cancel: 'Ne sera pas publiée', confirm: 'Tenue pour parue', absent: 'Tenue pour non parue, ne sera plus envoyée', retry: 'Sera renvoyée' },
      pubPost: { label: 'Adresse de la publication', note: 'Copiée depuis le réseau ; laissez vide si vous ne l’avez pas.', bad: 'Écrivez une adresse entière, qui commence par https://.' },
      pubPicture: { alt: d => `Image, décrite ainsi : « ${d} »`, none: 'Image sans description : les personnes aveugles n’en sauront rien.', unread: 'L’image ne peut pas être montrée maintenant.' },
      pubRefused: { changed: 'Elle a changé entre-temps : relisez-la.', warned: 'Les règles y voient autre chose que tout à l’heure : relisez-la.', gone: 'Elle n’existe plus.' }
    },
    en: {
      by: 'by', on: 'on', waits: d => `waiting for ${d}`, reports: n => n > 1 ? n + ' reports' : '1 report', parent: 'In reply to', why: 'What the rules saw',
      nothing: 'The rules found nothing.', proposed: 'Refusal proposed', objection: 'The author objects', notices: 'Readers report', contact: 'Answer this reader:', proposedText: 'Proposed text', publicText: 'Online today', firstText: 'Written first, before its author put it in other words', reword: d => `Its author has until ${d} to put it in other words; you may decide without waiting.`, answers: (n, o) => (n > 1 ? n + ' public answers below it' : '1 public answer below it') + (o ? `, ${o} of them official` : '') + '.', remarks: 'The rules note in it:', official: 'Official answer', reveal: n => n > 1 ? `Show the ${n} hidden personal data` : 'Show the hidden personal data', revealed: 'The personal data are shown; this is written in the log.', unrevealed: 'The hub does not answer: nothing hidden was shown. Try again in a moment.', declared: n => `${n} (name as declared)`,
      subjects: { comment: 'Comment', proposal: 'Proposed change', report: 'Reported comment', objection: 'Refusal objected to', change: 'Refusal of a change objected to' },
      choices: { publish: 'Publish', reject: 'Refuse', keep: 'Keep online', remove: 'Remove' },
      done: { publish: 'Published', reject: 'Refused', keep: 'Kept online', remove: 'Removed', undo: 'Decision undone: the text is waiting again', answer: 'Answer published' },
      reason: 'Reason of the refusal, told to the author', choose: 'Choose a reason', confirm: 'Confirm the refusal', confirmRemoval: 'Confirm the removal', cancel: 'Cancel', name: 'Your name', nameWhy: 'Written in the log with your decision, and kept on this device.',
      as: n => `You decide as ${n}.`, change: 'Change the name', undo: 'Undo this decision', needed: 'Please fill in.', down: 'The hub does not answer. Nothing was decided: try again in a moment.', unsure: 'The hub does not answer: nobody knows whether your decision arrived. Try again: it will count only once.', retry: 'Try again',
      another: 'You refused this text: another moderator answers the objection.', erased: 'This text was erased: there is nothing left to decide.', badName: 'Give your name, in at most 60 characters.', takenName: 'The log calls the hub itself so: give your name.', noUndo: 'There is nothing to undo: read this text again in the list.', cardsAsked: 'Three fresh cards were asked for about this text already: find it in the list.', badReason: 'Choose a reason from the list.', expired: 'This link has expired: find the text in the list.', forged: 'This link is not valid: open it again from the card.', withdrawn: 'Its author withdrew this text: there is nothing left to decide.', changed: 'The text, its reports or its state changed since this card: read it again in the list.', noToken: 'This link is incomplete, or the page was reloaded: open it again from the card.', queue: 'See everything that is waiting', fresh: 'Get a fresh card', freshSent: 'A fresh card is on its way to your moderation channel.', doneBy: (w, n, h) => `${w}${n ? ` by ${n}` : ''}${h ? ` at ${h}` : ''}.`,
      waiting: n => n > 1 ? n + ' texts are waiting for a decision, oldest first.' : n ? '1 text is waiting for a decision.' : 'Nothing is waiting. Everything has been read.', shown: n => n > 1 ? n + ' texts shown, oldest first; more are waiting.' : n ? '1 text shown; more are waiting.' : 'More texts are waiting for a decision.', more: 'Show more', refresh: 'Refresh',
      key: 'Hub key', keyWhy: 'Given by the administrator. The session ends by itself.', signIn: 'Enter', signOut: 'Leave', wrongKey: 'This key is not known.', notYours: 'This key may not moderate.', foreign: address => `The hub takes nothing from here: open this page at its public address${address ? `, ${address},` : ''} then try again.`, unkept: 'Your key is the right one, but this browser did not keep the session: allow the cookies of this site, then try again.', stillIn: 'The hub does not answer: your session stays open. Try again in a moment.', answer: 'Answer officially', answerText: 'Answer published on behalf of the authority', send: 'Publish the answer',
      lists: {
        words: 'The authority’s words', wordsWhy: 'They come on top of the hub’s lists, on all sites. Try them on the latest comments before you save them.', officials: 'Elected members', officialsWhy: 'A person reads every comment that is signed with one of these names before it is published.', unread: 'This list could not be read.',
        kinds: { hold: 'Words that hold a comment', allow: 'Words that pass', names: 'Names' }, none: 'None.', until: d => `until ${d} included`, over: d => `ended ${d}`, added: (n, d) => `added ${n ? `by ${n} ` : ''}on ${d}`, fresh: 'not saved yet', remove: 'Remove from the list',
        word: 'Word or phrase', name: 'First and last name', list: 'Effect', effects: { hold: 'Holds the comment', allow: 'Lets it pass' }, end: 'Last day (optional)', endWhy: 'The word stops counting by itself the day after.', add: 'Add to the list', twice: 'It is in the list already.', other: 'It is in the other list: remove it there first.', long: 'Too long.',
        addedNow: v => `“${v}” is added, not saved yet.`, removed: v => `“${v}” is removed, not saved yet.`, last: 'Latest comments', trial: 'Try', save: 'Save', drop: 'Discard the changes', dropped: 'The changes are discarded.', saved: 'The list is saved and counts from now on.', moved: 'Somebody changed the list meanwhile: your changes were carried over. Read it again, then repeat.', bad: 'The list is not accepted:', unsaved: 'The hub does not answer: nothing was saved. Try again in a moment.', notYours: 'The lists are kept by editors and the administrator.',
        result: (n, s, f, c) => `Comments read again: ${n}. Newly held: ${s}; passing: ${f}; verdicts changed in all: ${c}.`, part: 'There was not enough time to read them all.', change: (a, b) => `${a} → ${b}`, verdicts: { publish: 'passes', hold: 'held', reject: 'refusal proposed' }, found: 'Trial: comments whose verdict would change'
      },
      keptText: 'You are in again. What you wrote is kept below, not saved yet.', leaving: 'What you wrote is not saved and will be lost. Leave all the same?',
      contested: 'Refusal that is objected to', charter: 'Read the cited article (new tab)', settings: 'Settings of this page', history: 'History of this text', historyFile: 'Download the history (JSON)', unreadHistory: 'The history could not be read.',
      lately: { published: 'Recently published', rejected: 'Recently refused' }, rules: 'the rules', decided: (w, n, d) => `${w}${n ? ` by ${n}` : ''}, ${d}.`, none: 'Nothing in the last 90 days.',
      debates: {
        title: n => n > 1 ? n + ' debates need your attention' : '1 debate needs your attention', turned: d => `told on ${d}`, waiting: n => n > 1 ? n + ' texts are waiting' : n ? '1 text is waiting' : 'nothing is waiting', held: d => `Page held until ${d}: every new comment is read before it is published.`,
        acts: { hold: 'Hold the page', close: 'Close the page', leave: 'Leave it as it is' },
        sure: { hold: d => `Every new comment will wait until ${d}; a notice tells readers, who can go on writing. The page then reopens by itself.`, close: () => 'Nobody will be able to write on this page until a person opens it again on the moderation page.', leave: () => 'The debate goes on as before. You will be told again only if somebody threatens, or if it turns again after it calmed down.' },
        yes: { hold: 'Yes, hold it', close: 'Yes, close it', leave: 'Yes, leave it' }, done: { hold: d => `Page held${d ? ` until ${d}` : ''}`, close: () => 'Page closed', leave: () => 'Debate left as it is' },
        one: 'The debate that was asked for', settled: n => n > 1 ? n + ' debates that were left or pages that are closed' : '1 debate that was left or page that is closed', shut: 'The page is closed: nobody writes there until a person opens it again.',
        release: 'Reopen now', released: 'The page is open again', calm: 'Nothing is left to decide: the debate has calmed down, or was told of anew.', evidence: 'Evidence file (JSON)', evidenceWhy: 'For a complaint: all texts, their times and their hashes. The download is written in the log.', evidenceSignIn: 'The evidence file is downloaded from the moderation page.', written: d => `, ${d}:`, others: 'Other recent texts that wait under this page', call: 'To call', steps: 'What to do', answers: 'Ready answers, to adapt', only: 'Only the texts of this page are shown.', all: 'Show everything'
      },
      steps: { received: 'received', held: 'held', published: 'published', rejected: 'refused', kept: 'kept online', reopened: 'decision taken back', edited: 'change published', reworded: 'put in other words by its author', 'sent-as-it-is': 'sent as it is by its author', proposed: 'change proposed', 'proposal-held': 'change held', 'proposal-rejected': 'change refused', 'proposal-objected': 'refusal of the change objected to', objected: 'refusal objected to', reported: 'reported', withdrawn: 'withdrawn by its author', erased: 'erased', revealed: 'personal data shown', 'card-asked': 'fresh card asked for', 'card-sent': 'card sent', reminded: 'reminder sent', 'in-digest': 'told in a digest', 'mail-instead': 'mail in place of the card', mailed: 'mail sent', listed: 'put into the list', told: 'author told', 'not-told': 'author not told', bounced: 'mail to the author refused', answered: 'answer of the authority', expired: 'erased, time ran out without a decision', 'mail-later': 'mail put off', 'mail-refused': 'mail refused', 'mail-given-up': 'mail given up', 'email-forgotten': 'mail address erased', 'proposal-forgotten': 'change erased', 'rest-erased': 'last traces erased', 'name-forgotten': 'name erased' },
      whos: { rules: 'the rules', author: 'its author', reader: 'a reader', clock: 'the clock', link: 'a link', forgotten: 'a person whose name is kept no longer' }, step: (d, w, n) => `${d}: ${w}, by ${n}`,
      alarms: {
        cards: (n, d, c) => `Since ${d} the Teams channel takes no cards (${n} ${n > 1 ? 'are' : 'is'} waiting${c ? `, answer ${c}` : ''}): the team is not told there. Nothing is lost, all of it is on this page; ask the administrator to look at the Teams workflow.`,
        address: names => `The Teams channel ${names} has no address: no card arrives there. Ask the administrator to fill in that setting; until then look at this page often.`,
        mails: (n, d, c) => `Since ${d} the mail server takes no messages (${n} ${n > 1 ? 'are' : 'is'} waiting${c ? `, answer ${c}` : ''}): the team or authors are not told. They leave by themselves if it answers within three days; tell the administrator.`,
        password: 'The mail server has no password: no mail leaves. Ask the administrator to fill in that setting.', refusing: 'The mail server refuses all messages to authors and readers: they are not told. Ask the administrator to look at it.',
        nobody: 'Nobody is told of a threat outside of this page: neither a Teams channel nor mail is set up. Look at it often, or ask the administrator to set one up.', unnamed: 'Nobody is told of a threat outside of this page: mail is set up, but nobody is named under “Team and duty hours”.'
      },
      ready: { title: 'Ready answers', insert: 'Insert', done: v => `“${v}” is put at the end of your answer: adapt it.`, long: 'There is not enough room left: an answer has at most 4,000 characters.' },
      keys: {
        title: 'Keyboard shortcuts', open: 'Shortcuts', close: 'Close', on: 'Use shortcuts of a single key', note: 'They do nothing while you write in a field. A decision always asks for what its button asks for.', stale: 'Read this text first: the same key decides then.',
        list: { j: 'Next text', k: 'Previous text', f: 'Publish, or keep online, the text where you are', d: 'Refuse, or remove, the text where you are: the reason is asked for', '?': 'This help' }
      },
      signedOut: 'Your session is closed: copy what you wrote, load the page again, then enter again.', badAnswer: 'An answer has 1 to 4,000 characters: correct yours.', sentBefore: 'Another answer was sent from here already: refresh the list before you write a new one.', unsent: 'The hub does not answer. Your answer is kept here: send it again, it will appear only once.',
      pubs: { title: 'Publications', waiting: n => n > 1 ? n + ' publications wait for somebody, oldest first.' : n ? '1 publication waits for somebody.' : 'No publication waits.', link: n => n > 1 ? n + ' publications need a decision' : '1 publication needs a decision', notYours: 'What the authority publishes on its networks is approved by its editors; your key is for other things.', unread: 'The publications could not be read.', on: (a, n) => `on ${a} (${n})` },
      pubStates: { planned: 'Waits for an approval', uncertain: 'Outcome unknown', failed: 'Failed' },
      pubTimes: { planned: d => `planned for ${d}`, uncertain: d => `sent ${d}`, failed: d => `planned for ${d}`, ends: d => `expires ${d}` },
      pubWhy: { burst: 'Several articles appeared at once.', relaunch: 'No article of this feed was known: it is the first of a site, or a site made anew.', restored: 'The data of the hub come from a restored copy.', undated: 'Nothing says when it appeared, and it stands behind known articles: it may be an old one.', 'same-title': 'Another article of the same day has this title.', 'same-page': 'An article that is known has the same address: it may be that one.', 'text-too-long': 'The text does not fit the limit of the network.', changed: 'The article changed since it was approved.', remarks: 'The moderation rules see in it what is said below: nothing leaves without you.', unchecked: 'The moderation rules could not check all of it: nothing leaves without you.', policy: 'The authority reads every announcement first.', proposal: 'A contributor proposes this text.', planned: 'A person has to approve it.', uncertain: 'The network did not answer: nobody knows whether it was posted. Look at the account before you decide.', failed: 'It did not leave.', late: 'Its time is over: write a new one.', detail: 'Technical detail' },
      pubMissed: { title: n => n > 1 ? n + ' publications were not posted in the last 7 days' : '1 publication was not posted in the last 7 days', expired: 'its time was over', 'article-gone': 'the page of the article does not exist', 'account-removed': 'the account is no longer in hub.json', off: 'publishing was switched off', 'dry-run': 'the hub only showed what it would send', 'planned-before-switching-on': 'it was planned before publishing was switched on', frozen: 'sending was frozen', 'awaiting-approval': 'nobody approved it', 'card-not-taken': 'nobody approved it', 'quiet-hours': 'the quiet hours', pace: 'the wanted distance between two posts', 'account-busy': 'another post of the account had not ended', 'rate-limit': 'the network asked to wait', 'account-refused': 'the network refused the account or its secret', refused: 'it was refused', 'killed-twice': 'the hub ended twice while it prepared it' },
      pubActs: { approve: 'Approve', cancel: 'Do not publish', confirm: 'It is there', absent: 'It is not there', retry: 'Send again' },
      pubSure: { despite: 'It will be public despite what the rules see in it. ', approve: 'It leaves as soon as the time and the conditions of sending allow. Once it has left, it cannot be taken back.', cancel: 'It will never be published: that cannot be undone.', confirm: 'The hub will take it as posted: that cannot be undone.', absent: 'The hub will take it as not posted, and send it no more: that cannot be undone. Look at the account first.', retry: 'If it was posted already, it will appear twice: look at the account first.', again: 'It will be prepared anew, and leave.' },
      pubYes: { approve: 'Yes, approve it', cancel: 'Yes, do not publish', confirm: 'Yes, it is there', absent: 'Yes, it is not there', retry: 'Yes, send again' },
      pubDone: { approve: 'Approved, it leaves as soon as the conditions of sending allow', cancel: 'Will not be published', confirm: 'Taken as posted', absent: 'Taken as not posted, will be sent no more', retry: 'Will be sent again' },
      pubPost: { label: 'Address of the post', note: 'Copied from the network; leave it empty if you do not have it.', bad: 'Write a whole address, which begins with https://.' },
      pubPicture: { alt: d => `Picture, described as: “${d}”`, none: 'Picture without a description: blind people will know nothing of it.', unread: 'The picture cannot be shown now.' },
      pubRefused: { changed: 'It changed meanwhile: read it again.', warned: 'The rules see something else in it than before: read it again.', gone: 'It exists no more.' }
    }
  };
  const t = texts[lang] || texts.fr, main = document.getElementById('main'), title = document.querySelector('h1');
  const status = h('p', { class: 'status', role: 'status' });
  let serial = 0, reasons = [];

  function h(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key.startsWith('on')) element[key] = value;
      else if (value !== false && value != null) element.setAttribute(key, value === true ? '' : value);
    }
    element.append(...children.flat().filter(child => child));
    return element;
  }
  // A second click while the call of the first one runs does nothing.
  const button = (text, act, kind, about) => {
    const element = h('button', {
      type: 'button', class: kind, 'aria-label': about && `${text} : ${about}`, onclick: async () => {
        if (element.getAttribute('aria-disabled')) return;
        const running = act();
        if (!running?.then) return;
        element.setAttribute('aria-disabled', true);
        try { await running; } finally { element.removeAttribute('aria-disabled'); }
      }
    }, text);
    return element;
  };

  // Resolves to { status, ok, body }; status 0: the hub did not answer.
  async function call(path, body, headers, method = body && 'POST') {
    try {
      const answer = await fetch(path, {
        credentials: 'same-origin', cache: 'no-store', signal: AbortSignal.timeout(20000), headers: { accept: 'application/json', ...body && { 'content-type': 'application/json' }, ...headers },
        ...method && { method }, ...body && { body: JSON.stringify(body) }
      });
      return { status: answer.status, ok: answer.ok, body: await answer.json().catch(() => ({})) };
    } catch {
      return { status: 0, ok: false, body: {} };
    }
  }

  // Byte for byte as it came, for the log of the hub keeps the hash of some. Resolves as call does.
  async function download(path, method, name) {
    const answer = await fetch(path, { method, credentials: 'same-origin', cache: 'no-store' }).catch(() => ({ status: 0 }));
    if (!answer.ok) return { status: answer.status, ok: false, body: await answer.json?.().catch(() => ({})) || {} };
    const address = URL.createObjectURL(await answer.blob()), [, given] = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition')) || [];
    h('a', { href: address, download: given || name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    return { status: answer.status, ok: true, body: {} };
  }

  // By the authority's clock, wherever the reader is; by the device's where the browser does not know that zone.
  const { hub, zone } = document.body.dataset;
  const times = (() => {
    const hasClock = (() => { try { return !!new Intl.DateTimeFormat('en', { timeZone: zone || undefined }); } catch { return false; } })(), timeZone = hasClock && zone || undefined;
    // The first of a month as cards and mails write it.
    const written = (value, options) => {
      const words = new Intl.DateTimeFormat(lang, { ...options, timeZone }).format(new Date(value));
      return lang == 'fr' ? words.replace(/^1 (?=\p{L})/u, '1er ') : words;
    };
    const parts = (value, options) => Object.fromEntries(new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', ...options }).formatToParts(new Date(value)).map(part => [part.type, part.value]));
    // When its clock shows this; the second look is for a night on which the clocks change.
    const at = wall => {
      const shift = value => {
        const p = parts(value, { hourCycle: 'h23', hour: 'numeric', minute: 'numeric' });
        return Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute) - value;
      };
      return new Date(wall - shift(wall - shift(wall))).toISOString();
    };
    const walled = (day, ahead, hour, minute) => {
      const [year, month, date] = day.split('-').map(Number);
      return at(Date.UTC(year, month - 1, date + ahead, hour, minute));
    };
    return {
      hasClock,
      moment: value => written(value, { dateStyle: 'long', timeStyle: 'short' }),
      hour: value => written(value, { timeStyle: 'short' }),
      date: value => written(value, { dateStyle: 'long' }),
      dayOf: value => { const p = parts(value); return `${p.year}-${p.month}-${p.day}`; },
      startOf: (day, ahead = 0) => walled(day, ahead, 0, 0),
      instantOf: (day, time) => walled(day, 0, ...time.split(':').map(Number))
    };
  })();
  const { moment, hour } = times;
  function since(value) {
    const minutes = Math.round((Date.now() - new Date(value)) / 60000), words = new Intl.RelativeTimeFormat(lang, { numeric: 'always' });
    const said = minutes < 60 ? words.formatToParts(-Math.max(minutes, 1), 'minute') : minutes < 2880 ? words.formatToParts(-Math.round(minutes / 60), 'hour') : words.formatToParts(-Math.round(minutes / 1440), 'day');
    return said.map(part => part.value).join('').replace(/^il y a | ago$/, '');
  }

  // The text with every span that a rule fired on, numbered as in the list of reasons. Spans may overlap.
  function highlighted(text, findings, field) {
    const spans = findings.map((f, i) => ({ ...f, number: i + 1 })).filter(f => f.length && (f.field || 'text') == field);
    const cuts = [...new Set([0, text.length, ...spans.flatMap(f => [f.start, f.start + f.length])])].filter(c => c >= 0 && c <= text.length).sort((a, b) => a - b);
    return cuts.slice(0, -1).flatMap((from, i) => {
      const to = cuts[i + 1], part = text.slice(from, to), inside = spans.filter(f => f.start <= from && f.start + f.length >= to), ends = inside.filter(f => f.start + f.length == to);
      return inside.length ? [h('mark', {}, part), ends.length && h('sup', {}, `[${ends.map(f => f.number).join(', ')}]`)] : [part];
    });
  }

  // Who, where, what, why: the whole context of one item; with a way to ask for what is hidden in it, where there is one.
  function context(item, level, reveal) {
    const findings = item.findings || [], name = item.name || '';
    const page = /^https?:/.test(item.page || '') && h('a', { href: item.page, rel: 'noopener noreferrer' }, item.title || item.page);
    const parent = item.parent && (item.parent.text ? item.parent : null);
    return [
      h(level, { tabindex: -1 }, item.official ? t.official : t.subjects[item.subject == 'proposal' && item.objection ? 'change' : item.subject] || t.subjects.comment, name && [` ${t.by} `, ...highlighted(name, findings, 'name')]),
      h('p', { class: 'facts' }, page && h('span', {}, t.on, ' ', page), item.received && h('span', {}, h('time', { datetime: item.since || item.received, title: moment(item.since || item.received) }, t.waits(since(item.since || item.received)))),
        item.reports ? h('span', { class: 'alarm' }, t.reports(item.reports)) : null),
      // What became of other texts with this code, as the hub says it.
      item.author && h('p', { class: 'soft' }, item.author.words),
      parent && [h('p', { class: 'soft' }, t.parent, parent.name && ` ${parent.name}`), h('blockquote', { class: 'raw parent' }, parent.text)],
      // Answers below were written to the text that is there, not to the one that is to take its place.
      item.publicText != null && [h('p', { class: 'soft' }, t.publicText), h('blockquote', { class: 'raw parent' }, item.publicText), item.answers && h('p', { class: item.officialAnswers ? 'alarm' : 'soft' }, t.answers(item.answers, item.officialAnswers)), h('p', { class: 'soft' }, t.proposedText)],
      item.firstText != null && [h('p', { class: 'soft' }, t.firstText), h('blockquote', { class: 'raw parent' }, item.firstText)],
      h('blockquote', { class: 'raw' }, ...highlighted(item.text || '', findings, 'text')),
      item.rewordUntil && h('p', { class: 'soft' }, t.reword(hour(item.rewordUntil))),
      item.masked && reveal && h('p', { class: 'acts' }, button(t.reveal(item.masked), reveal, 'plain', name)),
      // What is contested, before what is said against it.
      item.contested && [h('p', {}, h('strong', {}, t.contested), ' : ', item.contested.words, ' ', h('a', { href: item.contested.charter, target: '_blank', rel: 'noopener' }, t.charter)), item.contested.answerer && h('p', { class: 'alarm' }, item.contested.mine ? t.another : item.contested.answerer)],
      item.objection && [h('p', { class: 'soft' }, t.objection), h('blockquote', { class: 'raw parent' }, item.objection)],
      item.notices?.length && [h('p', { class: 'soft' }, t.notices), item.notices.map((notice, i) => [h('blockquote', { class: 'raw parent' }, notice), contact(item, i)])].flat(3),
      item.verdict == 'reject' && h('p', {}, h('span', { class: 'badge alarm' }, t.proposed)),
      findings.length && item.why && h('p', { class: 'soft' }, item.why),
      findings.length ? [h('p', { class: 'soft', id: `why${++serial}` }, t.why), h('ol', { class: 'reasons', 'aria-labelledby': `why${serial}` }, findings.map(f => h('li', {}, f.reason)))] : h('p', { class: 'soft' }, item.why || t.nothing)
    ].flat().filter(Boolean);
  }

  function shownNow(heading) {
    status.textContent = t.revealed;
    heading.focus();
  }

  // Where readers who report asked to be answered: told to signed-in moderators alone. An author's address is never shown.
  const contact = (item, i) => (item.contacts || []).filter(c => c.notice == i).map(({ email }) => h('p', { class: 'soft' }, t.contact, ' ', h('a', { href: 'mailto:' + encodeURIComponent(email).replace('%40', '@') }, email)));

  // The moderator's name: asked once, kept on the device.
  const moderator = {
    get: () => { try { return localStorage.getItem('socialhub-moderator') || ''; } catch { return moderator.now || ''; } },
    set: name => { moderator.now = name; try { localStorage.setItem('socialhub-moderator', name); } catch { /* then it is asked again */ } }
  };

  function field(label, input, note) {
    const id = 'f' + ++serial, error = h('p', { class: 'error', id: id + 'e' });
    input.id = id;
    input.setAttribute('aria-describedby', `${note ? id + 'n ' : ''}${id}e`);
    const row = h('div', { class: 'field' }, h('label', { for: id }, label), note && h('small', { id: id + 'n' }, note), input, error);
    row.check = () => {
      const empty = !input.value.trim();
      error.textContent = empty ? t.needed : '';
      input.setAttribute('aria-invalid', empty);
      if (empty) input.focus();
      return !empty;
    };
    row.wrong = words => {
      error.textContent = words;
      input.setAttribute('aria-invalid', true);
      input.focus();
    };
    row.input = input;
    return row;
  }

  // Who decides, where nobody is signed in: a name that is asked for once, then shown, and can be changed, for several people may use one device.
  function signer(withName) {
    const box = h('div', {});
    let asked;
    const draw = () => {
      const name = moderator.get();
      asked = !name && field(t.name, h('input', { autocomplete: 'name', maxlength: 60, required: true }), t.nameWhy);
      box.replaceChildren(asked || h('p', { class: 'soft' }, t.as(name), ' ', button(t.change, () => { moderator.set(''); draw(); asked.input.focus(); }, 'plain')));
    };
    if (withName) draw();
    // Null where it is missing: then it is asked for.
    box.by = () => {
      if (!withName) return {};
      if (asked) {
        if (!asked.check()) return null;
        moderator.set(asked.input.value.trim());
      }
      return { by: moderator.get() };
    };
    return box;
  }

  // As the hub compares names.
  const plain = name => name.normalize('NFKC').trim().toLowerCase();

  // Asks for what a decision still needs, then hands over { decision, reason, by }.
  function decider(item, send, withName, wished) {
    const about = item.name, error = h('p', { class: 'error', role: 'alert' }), area = h('div', {});
    let busy = false;
    // Whoever refused what is contested does not answer it: said before anything is sent.
    const isRefuser = name => !!item.contested?.answerer && !!name && plain(name) == plain(item.contested.by);
    const go = async values => {
      if (busy) return;
      if (isRefuser(values.by)) { error.textContent = t.another; return; }
      busy = true;
      area.querySelectorAll('button').forEach(b => b.setAttribute('aria-disabled', true));
      error.textContent = '';
      const problem = await send(values);
      busy = false;
      area.querySelectorAll('button').forEach(b => b.removeAttribute('aria-disabled'));
      if (problem) error.textContent = problem;
    };
    const signed = signer(withName), { by } = signed;
    const rest = () => {
      const choices = item.choices || ['publish', 'reject'];
      const word = choice => t.choices[meant(item, choice)] || choice;
      area.replaceChildren(h('p', { class: 'acts' }, choices.map(choice => {
        const one = button(word(choice), () => choice == 'reject' ? refusing() : by() && go({ decision: choice, ...by() }), choice == choices[0] ? 'main' : '', about);
        one.dataset.choice = choice;
        return one;
      })));
    };
    const refusing = () => {
      const select = field(t.reason, h('select', { required: true }, h('option', { value: '' }, t.choose), (item.reasons || reasons).map(r => h('option', { value: r.code }, r.label))));
      area.replaceChildren(h('div', { class: 'panel' }, select, h('p', { class: 'acts' },
        button(item.subject == 'report' ? t.confirmRemoval : t.confirm, () => { if (select.check()) { const who = by(); if (who) go({ decision: 'reject', reason: select.input.value, ...who }); } }, 'main'), button(t.cancel, () => { rest(); area.querySelector('button').focus(); }, 'plain'))));
      select.input.focus();
    };
    if (!item.contested?.mine) rest();
    // What the card's button said is made ready, never done: a person clicks once more.
    if (wished == 'reject' && !item.contested?.mine) refusing();
    if (withName && isRefuser(moderator.get())) error.textContent = t.another;
    return Object.assign(h('div', {}, signed, area, error), { by });
  }

  // A debate that turned: where, why, since when, what to do about it, with the playbook beside it.
  const facts = (item, level) => [
    h(level, { tabindex: -1 }, /^https?:/.test(item.page) ? h('a', { href: item.page, rel: 'noopener noreferrer' }, item.title || item.page) : item.title),
    h('p', { class: 'facts' }, item.reason && h('span', { class: item.why == 'threat' ? 'badge alarm' : 'badge' }, item.reason), item.turnedAt && h('span', {}, t.debates.turned(moment(item.turnedAt))), h('span', {}, t.debates.waiting(item.waiting))),
    item.heldUntil && h('p', {}, t.debates.held(moment(item.heldUntil)))
  ].filter(Boolean);
  const playbook = ({ call = [], steps = [], answers = [] } = {}) => h('details', { open: true }, h('summary', {}, t.debates.steps),
    steps.length ? h('ol', {}, steps.map(step => h('li', {}, step))) : '',
    call.length ? [h('p', { class: 'soft' }, t.debates.call), h('ul', {}, call.map(({ name, phone, when }) => h('li', {}, name, phone && [' : ', h('a', { href: 'tel:' + phone.replace(/[^0-9+]/g, '') }, phone)], when && h('span', { class: 'soft' }, ` ${when}`))))] : '',
    answers.length ? [h('p', { class: 'soft' }, t.debates.answers), ...answers.map(({ title, text }) => h('details', {}, h('summary', {}, title), h('blockquote', { class: 'raw' }, text)))] : '');
  // What somebody who has nothing but a link must read to choose.
  const debated = (texts = []) => texts.map(({ name, text, written, findings, note }) => h('div', {}, h('p', { class: 'soft' }, ...highlighted(name, findings, 'name'), t.debates.written(moment(written)), note ? [' ', h('strong', {}, note)] : ''), h('blockquote', { class: 'raw' }, ...highlighted(text, findings, 'text')), findings.length ? h('ol', { class: 'reasons', 'aria-label': t.why }, findings.map(f => h('li', {}, f.reason))) : ''));
  // Says what a choice does before it is made; hands over { decision, by }.
  function chooser(item, send, withName, wished) {
    const error = h('p', { class: 'error', role: 'alert' }), area = h('div', {});
    const signed = signer(withName);
    const rest = () => area.replaceChildren(h('p', { class: 'acts' }, (item.choices || []).map(choice => button(t.debates.acts[choice], () => sure(choice), choice == 'hold' ? 'main' : '', item.title))));
    const sure = choice => {
      const why = h('p', { id: 's' + ++serial }, t.debates.sure[choice](moment(item.until)));
      const yes = button(t.debates.yes[choice], async () => {
        const who = signed.by();
        if (who) error.textContent = await send({ decision: choice, ...item.choice && { instead: item.choice }, ...who }) || '';
      }, 'main');
      yes.setAttribute('aria-describedby', why.id);
      area.replaceChildren(h('div', { class: 'panel' }, why, h('p', { class: 'acts' }, yes, button(t.cancel, () => { rest(); area.querySelector('button').focus(); }, 'plain'))));
      yes.focus();
    };
    rest();
    if (item.choices?.includes(wished)) sure(wished);
    return h('div', {}, signed, area, error);
  }
  const chosen = (choice, { heldUntil, decidedBy, decidedAt, declared }) => t.doneBy(t.debates.done[choice](heldUntil && moment(heldUntil)), named(decidedBy, declared), decidedAt && hour(decidedAt));
  // The hub's sentence says who and when, with the day where that was not today; what was chosen is added.
  const otherwise = body => body.choice && body.message ? `${body.message} ${t.debates.done[body.choice](body.heldUntil && moment(body.heldUntil))}.` : body.message || (body.state == 'closed' ? t.debates.shut : t.debates.calm);

  // What a choice does to what it is about: a reported text is public already.
  const meant = (item, choice) => item?.subject == 'report' ? { publish: 'keep', reject: 'remove' }[choice] : choice;
  // "Published by X at 14:02.", of our own decision or of somebody else's.
  const named = (name, declared) => name && declared ? t.declared(name) : name;
  const words = (done, { by, at, decidedBy = by, decidedAt = at, declared }) => t.doneBy(t.done[done] || done, named(decidedBy, declared), decidedAt && hour(decidedAt));
  // Who decided and when is the hub's sentence, in the authority's language and with the day where that was not today.
  const already = body => body.message || (/cards-asked$/.test(body.type) ? t.cardsAsked : /nothing-to-undo$/.test(body.type) ? t.noUndo : body.state == 'withdrawn' ? t.withdrawn : t.changed);
  // A session writes only from the hub's own address, which is not always the one that a page was opened at.
  const foreign = () => t.foreign(hub && hub + location.pathname);
  const forbidden = (body, otherwise) => /foreign-origin$/.test(body.type) ? foreign() : /another-moderator$/.test(body.type) ? t.another : otherwise;

  // Why the hub refused, in words. Of a decision whose answer was lost nobody knows whether it was taken; the same one again is answered as the first.
  const decided = code => code && code < 500 ? t.down : t.unsure;
  const refused = ({ status: code, body }, silence = () => t.down) => code == 409 || code == 412 ? already(body) : code == 410 && !/erased$/.test(body.type) ? t.expired
    : { 401: t.signedOut, 403: forbidden(body, t.notYours), 404: t.erased, 410: t.erased, 422: /name-required$/.test(body.type) ? t.badName : /name-reserved$/.test(body.type) ? t.takenName : t.badReason }[code] || silence(code);
  // Why an official answer was refused: its text stays where it was written.
  const unanswered = ({ status: code, body }) => ({ 401: t.signedOut, 403: forbidden(body, t.notYours), 404: t.erased, 409: t.changed, 410: t.erased, 422: /key-reused$/.test(body.type) ? t.sentBefore : t.badAnswer })[code] || t.unsent;
  // Nothing is left to decide about it, here or by another try.
  const isOver = code => code == 404 || code == 409 || code == 410 || code == 412;

  async function decidePage() {
    const hash = new URLSearchParams(location.hash.slice(1)), token = hash.get('t');
    // The token leaves the address bar and the history at once.
    history.replaceState(null, '', location.pathname);
    const card = h('article', { class: 'card' });
    let shown;
    const settings = h('p', {});
    main.append(card, status, h('p', {}, h('a', { href: '/moderation' }, t.queue)), settings);
    if (!token) return card.replaceChildren(h('p', {}, t.noToken));
    const view = async who => {
      const reveal = !!who, answer = await call('/moderation/decide/view', { token, ...reveal && { reveal, ...who } }), { ok, status: code, body } = answer;
      if (!ok && reveal && !isOver(code)) return status.textContent = code == 422 ? refused(answer) : t.unrevealed;
      if (code == 409 && 'heldUntil' in body) return card.replaceChildren(h('p', { role: 'alert' }, otherwise(body)));
      if (!ok) return card.replaceChildren(h('p', { role: 'alert' }, code == 400 ? t.forged : refused(answer)), code == 0 || code >= 429 ? button(t.retry, () => view()) : code == 409 && body.waits ? fresh() : '');
      shown = body;
      if (body.authority) document.querySelector('.brand').textContent = body.authority;
      if (body.subject == 'thread') return card.replaceChildren(...facts(body, 'h2'), ...debated(body.texts?.slice(0, 1)), body.choice ? h('p', {}, t.decided(t.debates.done[body.choice](body.heldUntil && moment(body.heldUntil)), named(body.decidedBy, body.declared), moment(body.decidedAt))) : '', chooser(body, choose, true, hash.get('d')), status, ...body.texts?.length > 1 ? [h('details', { open: true }, h('summary', {}, t.debates.others), ...debated(body.texts.slice(1)))] : [], playbook(body.playbook), h('p', { class: 'soft' }, t.debates.evidenceSignIn, ' ', h('a', { href: `/moderation#thread=${body.site}.${body.thread}` }, t.queue)));
      // Who looks at what is hidden says a name first, as who decides.
      const form = decider(body, decide, true, hash.get('d'));
      card.replaceChildren(...context(body, 'h2', () => { const who = form.by(); return who && view(who); }), form);
      settings.replaceChildren(h('a', { href: '/moderation#' + new URLSearchParams({ page: body.page, site: body.site }) }, t.settings));
      if (reveal) shownNow(card.querySelector('h2'));
    };
    // Something still waits, and this link fits it no more.
    const fresh = () => {
      const ask = button(t.fresh, async () => tried(ask, await call('/moderation/decide', { token, decision: 'card' }), t.freshSent));
      return ask;
    };
    // What failed for a moment is offered again; what is done, or can be done no more, is not.
    const tried = (element, answer, done, silence) => {
      const { ok, status: code } = answer, isForged = code == 400;
      status.textContent = ok ? done : isForged ? t.forged : refused(answer, silence);
      if (!ok && !isOver(code) && !isForged) return;
      element.remove();
      title.focus();
    };
    const decide = async values => {
      const answer = await call('/moderation/decide', { token, ...values }), { ok, status: code, body } = answer;
      if (!ok && !isOver(code)) return code == 400 ? t.forged : refused(answer, decided);
      const said = ok ? words(meant(shown, values.decision), { by: values.by, ...body }) : refused(answer);
      card.lastChild.remove();
      status.textContent = said;
      if (code == 409 && body.waits) card.append(fresh());
      if (ok && body.undo) {
        const undo = button(t.undo, async () => tried(undo, await call('/moderation/decide', { token: body.undo, decision: 'undo', by: values.by }), t.done.undo + '.', decided));
        card.append(undo);
        undo.focus();
      }
    };
    const choose = async values => {
      const answer = await call('/moderation/decide', { token, ...values }), { ok, status: code, body } = answer;
      if (!ok && !isOver(code)) return code == 400 ? t.forged : refused(answer, decided);
      // What came of it stands where the choice was, before the playbook.
      status.previousSibling.remove();
      status.textContent = ok ? chosen(values.decision, body) : code == 409 ? otherwise(body) : refused(answer);
      title.focus();
    };
    await view();
  }

  async function moderationPage() {
    const alarm = h('div', { class: 'alarm watch', role: 'status', hidden: true }), debates = h('section', {}), list = h('div', {}), count = h('p', { class: 'soft' }), also = h('p', { class: 'soft' }), more = h('div', {}), pubs = h('section', { id: 'publications', 'aria-labelledby': 'publications-title' }), past = h('div', {}), own = h('div', {});
    let isAnchored = false, following = null, turn = 0, isReading = false, who = null, keeper = null, ready = [], pages = null, wanted = null;
    // A list that is nearly read goes on by itself: nobody shall take the end of a page for the end of what waits.
    const nearlyRead = 5;
    const base = item => `/api/v1/moderation/comments/${encodeURIComponent(item.site)}/${encodeURIComponent(item.id)}`;
    const unsaved = () => [...own.children].filter(box => box.isDirty());
    const signOut = button(t.signOut, async () => {
      if (unsaved().length && !confirm(t.leaving)) return;
      const { ok } = await call('/api/v1/session', null, {}, 'DELETE');
      status.textContent = ok ? '' : t.stillIn;
      if (!ok) return;
      own.replaceChildren();
      signIn();
    }, 'plain');
    const shortcuts = h('button', { type: 'button', class: 'plain', 'aria-haspopup': 'dialog' }, t.keys.open);
    document.querySelector('header').append(h('p', { class: 'acts' }, shortcuts, button(t.refresh, () => load(), 'plain'), signOut));
    signOut.hidden = shortcuts.hidden = true;
    main.append(alarm, debates, count, also, status, list, more, pubs, past, own);
    onhashchange = () => only() ? load() : (settle(), anchor(true));
    addEventListener('beforeunload', event => { if (unsaved().length) event.preventDefault(); });

    const signIn = words => {
      // What is still being read belongs to the session that is over.
      turn++;
      isReading = false;
      following = null;
      const key = field(t.key, h('input', { type: 'password', autocomplete: 'current-password', required: true }), t.keyWhy), error = h('p', { class: 'error', role: 'alert' });
      more.replaceChildren();
      past.replaceChildren();
      // What is not saved yet waits here until whoever wrote it is in again.
      own.hidden = unsaved().length > 0;
      if (!own.hidden) own.replaceChildren();
      pubs.replaceChildren();
      also.replaceChildren();
      alarm.hidden = true;
      alarm.replaceChildren();
      debates.replaceChildren();
      signOut.hidden = shortcuts.hidden = true;
      count.textContent = '';
      list.replaceChildren(h('form', {
        class: 'card', novalidate: true, onsubmit: async event => {
          event.preventDefault();
          if (!key.check()) return;
          const { ok, status: code } = await call('/api/v1/session', { key: key.input.value });
          // The key was right, and the browser dropped the session: at another address than the public one it may be refused over plain http.
          if (ok) return load(null, false, () => signIn(isHome() ? t.unkept : foreign()));
          error.textContent = code == 401 ? t.wrongKey : t.down;
          key.input.focus();
        }
      }, key, h('p', { class: 'acts' }, h('button', { class: 'main' }, t.signIn)), error));
      error.textContent = words || '';
      key.input.focus();
    };

    // Where hub.json or the channels leave the team without word, it is said here, for nobody asks health. Now and then, too: a desk stays open all day.
    const watch = async () => {
      const { body: { moderation: told } } = await call('/api/v1/health');
      if (!told || signOut.hidden) return;
      const { channels = {}, mail = {} } = told, a = t.alarms, names = Object.keys(channels), missing = names.filter(name => channels[name].address == 'missing');
      // A number helps whoever is asked for help; the hub's other words are for IT.
      const code = failure => /^\d+$/.test(failure) && failure;
      const lines = [
        missing.length && a.address(missing.map(name => `« ${name} »`).join(', ')),
        told.cardsOverdue && missing.length < names.length && told.cardsSince && a.cards(told.cardsOverdue, moment(told.cardsSince), code(Object.values(channels).map(one => one.failure).find(Boolean))),
        mail.server == 'secret-missing' && a.password, mail.failing && mail.since && a.mails(mail.failing, moment(mail.since), code(mail.failure)), mail.failure == 'refuses-all' && a.refusing,
        !names.length && (mail.server == 'none' ? a.nobody : mail.people === 0 && a.unnamed)
      ].filter(Boolean);
      // Said again it would be read aloud again.
      if (lines.join() == [...alarm.children].map(line => line.textContent).join()) return;
      alarm.hidden = !lines.length;
      alarm.replaceChildren(...lines.map(line => h('p', {}, line)));
    };
    setInterval(() => { if (!document.hidden && !signOut.hidden) watch(); }, 300000);

    // A link of a card, or of the page behind one, leads to the settings of its page.
    const settle = () => {
      const asked = new URLSearchParams(location.hash.slice(1)), page = asked.get('page');
      if (page) wanted = { page, site: asked.get('site') };
      if (!wanted || !pages?.rules.isConnected) return;
      pages.rules.show(wanted);
      wanted = null;
    };
    // What is done less often about one text: below what is decided.
    const aside = item => {
      const steps = h('div', {}), about = item.name || t.official;
      const read = async () => {
        const { ok, status: code, body } = await call(`/api/v1/moderation/history/${encodeURIComponent(item.site)}/${encodeURIComponent(item.id)}`);
        if (code == 401) return signIn();
        if (!ok) return steps.replaceChildren(h('p', { role: 'alert' }, code == 404 ? t.erased : t.unreadHistory), code == 404 ? '' : button(t.retry, read, '', t.history));
        const reason = why => [...reasons, ...item.reasons || []].find(one => one.code == why)?.label;
        steps.replaceChildren(h('ol', {}, body.entries.map(one => h('li', {}, t.step(moment(one.at), t.steps[one.what] || one.what, t.whos[one.who] || named(one.who, one.declared)), reason(one.why) ? ` (${reason(one.why)})` : ''))),
          button(t.historyFile, () => {
            const file = URL.createObjectURL(new Blob([JSON.stringify(body, null, 2)], { type: 'application/json' }));
            h('a', { href: file, download: `${item.site}-${item.id}.json` }).click();
            setTimeout(() => URL.revokeObjectURL(file), 60000);
          }, 'plain', about));
      };
      return h('div', { class: 'aside' }, item.page && h('p', { class: 'acts' }, button(pages.link, () => pages.rules.show(item), 'plain', item.title || item.page)),
        h('details', { ontoggle: event => { if (event.target.open && !steps.firstChild) read(); } }, h('summary', {}, t.history), steps));
    };

    const open = () => [...list.querySelectorAll('.card:not(.done)')];
    const keyOf = item => [item.site, item.id, item.subject].join(' ');
    const isHome = () => { try { return new URL(hub).origin == location.origin; } catch { return false; } };
    // A card about a debate leads to what waits about its page alone.
    const only = () => new URLSearchParams(location.hash.slice(1)).get('thread');
    const load = async (after, isQuiet, unknown = signIn) => {
      if (after && isReading) return;
      if (!after) turn++;
      const mine = turn;
      isReading = true;
      const { ok, status: code, body } = await call(['/api/v1/moderation/comments', new URLSearchParams({ ...after && { after }, ...only() && { thread: only() } })].join('?').replace(/[?]$/, ''));
      // Read anew meanwhile, or left.
      if (mine != turn) return;
      isReading = false;
      // Nobody had asked: what was said stays, and the button asks again.
      if (!ok && isQuiet) return;
      if (code == 401) return unknown();
      if (code == 403) {
        signOut.hidden = shortcuts.hidden = false;
        await publications();
        again();
      }
      if (!ok) { status.textContent = code == 403 ? t.notYours : t.down; return; }
      if (!isQuiet) status.textContent = '';
      signOut.hidden = shortcuts.hidden = false;
      reasons = body.reasons || reasons;
      if (!after) {
        list.replaceChildren();
        watch();
      }
      pages ||= makePages();
      // What was taken back here waits again at the end of the queue, and stands here already.
      const here = new Set(open().map(box => box.key)), cards = body.items.filter(item => !here.has(keyOf(item))).map(card);
      list.append(...cards);
      following = body.next;
      more.replaceChildren(following ? button(t.more, () => load(following)) : '');
      tell();
      // Nobody is taken away from the text that they read.
      if (after && (!isQuiet || (!here.size && document.activeElement == title))) (cards[0]?.querySelector('h2') || title).focus();
      goOn();
      if (!after) {
        past.replaceChildren(lately('published'), lately('rejected'));
        await turned();
        await publications();
        again();
        if (who && !pages.rules.isConnected && !own.firstChild) pages = makePages();
        // Once, below all that comes late: what is changed there and not saved yet outlives a refresh of what waits.
        if (who && !own.firstChild) {
          keeper = who.id;
          own.append(pages.rules, pages.exports, lists('words', ['hold', 'allow'], 60, true), lists('officials', ['names'], 120), ...socialhubTeam({ h, button, call, field, forbidden, signIn: () => signIn(), reasons: () => reasons, times }));
        }
        settle();
      }
    };

    const makePages = () => socialhubPages({ h, button, call, field, download, forbidden, signIn: () => signIn(), times });

    // After the end of a session: what somebody wrote is shown to nobody else.
    const again = () => {
      if (!own.hidden || !who) return;
      own.hidden = false;
      if (who.id != keeper) return own.replaceChildren();
      status.textContent = t.keptText;
      unsaved()[0].querySelector('summary').focus();
    };

    // Debates that turned and pages that are held stand above all else; what was left or closed is kept at hand, for it may go on, or be opened again.
    const isSettled = item => item.choice == 'leave' || (item.state == 'closed' && !item.why);
    const turned = async () => {
      const { ok, body } = await call('/api/v1/moderation/threads' + (only() ? '?' + new URLSearchParams({ thread: only() }) : ''));
      if (!ok) return;
      ready = body.playbook?.answers || [];
      const { items } = body, filter = only() && h('p', { class: 'soft' }, t.debates.only, ' ', button(t.debates.all, () => { location.hash = ''; load(); }, 'plain'));
      const [settled, open] = [true, false].map(is => items.filter(item => isSettled(item) == is));
      const asked = body.thread;
      debates.replaceChildren(...asked ? [h('h2', {}, t.debates.one), debate(asked)] : [], ...open.length ? [h('h2', {}, t.debates.title(open.length)), ...open.map(debate), playbook(body.playbook)] : [], settled.length ? h('details', {}, h('summary', {}, h('h2', {}, t.debates.settled(settled.length))), settled.map(debate)) : '', filter || '');
    };
    const debate = item => {
      const path = `/api/v1/moderation/threads/${encodeURIComponent(item.site)}/${encodeURIComponent(item.thread)}`, error = h('p', { class: 'error', role: 'alert' });
      const after = async said => {
        await turned();
        status.textContent = `${item.title} : ${said}`;
        title.focus();
      };
      const choose = async values => {
        const answer = await call(path + '/decision', { turn: item.turn, ...values }), { ok, status: code, body } = answer;
        if (code == 401) return signIn();
        if (!ok && !isOver(code)) return refused(answer, decided);
        await after(ok ? chosen(values.decision, body) : code == 409 ? otherwise(body) : refused(answer));
      };
      const isClosed = item.state == 'closed';
      const release = button(t.debates.release, async () => {
        const answer = await call('/api/v1/threads', { site: item.site, page: item.page, ...isClosed ? { closed: false } : { held: false } }, {}, 'PUT');
        if (answer.status == 401) return signIn();
        if (answer.ok) return after(t.debates.released + '.');
        error.textContent = refused(answer, decided);
      }, '', item.title);
      const evidence = button(t.debates.evidence, async () => {
        const answer = await download(path + '/evidence', 'POST', `${item.site}-${item.thread}.json`);
        if (answer.status == 401) return signIn();
        error.textContent = answer.ok ? '' : refused(answer);
      }, 'plain', item.title);
      const govern = button(pages.link, () => pages.rules.show(item), 'plain', item.title);
      const past = item.choice && item.choice != 'hold' ? h('p', {}, t.decided(t.debates.done[item.choice](), named(item.decidedBy, item.declared), moment(item.decidedAt))) : isClosed && h('p', {}, t.debates.shut);
      return h('article', { class: 'card' }, facts(item, 'h3'), past, item.choices ? chooser(item, choose) : '', h('p', { class: 'acts' }, (item.heldUntil || isClosed) && release, evidence, govern), h('p', { class: 'soft' }, t.debates.evidenceWhy), error);
    };

    // What was announced on the networks and needs a person: an approval, or a word on how it ended.
    const day = 86400000, networks = { bluesky: 'Bluesky', mastodon: 'Mastodon' };
    const publications = async () => {
      const { ok, body } = await call('/api/v1/session');
      who = ok ? body : null;
      if (!ok) return pubs.replaceChildren();
      const heading = h('h2', { id: 'publications-title', tabindex: -1 }, t.pubs.title);
      if (who.role != 'editor' && who.role != 'administrator') {
        pubs.replaceChildren(heading, h('p', { class: 'soft' }, t.pubs.notYours));
        return anchor();
      }
      const found = await Promise.all([pubsOf('planned', -100, 260), pubsOf('uncertain', -350, 10), pubsOf('failed', -14, 340), pubsOf('expired', -100, 1), pubsOf('cancelled', -100, 1)]);
      if (found.some(items => !items)) {
        pubs.replaceChildren(heading, h('p', { role: 'alert' }, t.pubs.unread), button(t.retry, publications, '', t.pubs.title));
        return anchor();
      }
      const items = found.slice(0, 3).flat().filter(item => item.state == 'planned' ? item.awaitsApproval : !isMissed(item)).sort((a, b) => new Date(a.at) - new Date(b.at));
      const number = h('p', { class: 'soft' }), cards = h('div', {});
      const tellPubs = () => {
        const n = cards.querySelectorAll('.card:not(.done)').length;
        number.textContent = t.pubs.waiting(n);
        also.replaceChildren(n ? h('a', { href: '#publications' }, t.pubs.link(n)) : '');
      };
      const next = () => (cards.querySelector('.card:not(.done) h3') || heading).focus();
      cards.append(...items.map(item => pubCard(item, tellPubs, next)));
      pubs.replaceChildren(heading, number, cards, missed([...found[2].filter(isMissed), ...found[3], ...found[4]]));
      tellPubs();
      anchor();
    };
    const isPast = item => Date.now() >= new Date(item.publishBy);
    // A failure that can be sent again is somebody's; behind its time it is one more of those that did not appear.
    const isMissed = item => item.state == 'failed' && isPast(item);
    // What the hub itself gave up: nobody can do anything about it any more, but somebody has to know.
    const missed = items => {
      const lately = items.filter(item => item.ended && item.ended != 'cancelled' && Date.now() - new Date(item.endedAt) < 7 * day).sort((a, b) => new Date(b.endedAt) - new Date(a.endedAt));
      return lately.length ? h('details', {}, h('summary', {}, h('h3', {}, t.pubMissed.title(lately.length))), h('ul', {}, lately.map(item => h('li', {},
        h('strong', {}, item.title || item.text.slice(0, 80)), ` ${t.pubs.on(item.account, networks[item.network] || item.network)}, `, h('time', { datetime: item.endedAt }, moment(item.endedAt)), ` : ${t.pubMissed[item.ended] || item.ended}`,
        !['expired', 'refused'].includes(item.ended) || !item.why ? '.' : t.pubMissed[item.why] ? `, ${t.pubMissed[item.why]}.` : [' (', h('span', { lang: 'en' }, item.why), ').'])))) : '';
    };
    const pubsOf = async (state, from, to) => {
      const items = [], until = new Date(Date.now() + to * day).toISOString();
      for (let at = new Date(Date.now() + from * day).toISOString(); at;) {
        const { ok, body } = await call(`/api/v1/publications?state=${state}&from=${encodeURIComponent(at)}&to=${encodeURIComponent(until)}`);
        if (!ok) return null;
        items.push(...body.items.filter(item => item.state == state));
        at = body.next;
      }
      return items;
    };
    // A card leads to #publications, which is there only once it was read, and after a sign-in at that.
    const anchor = again => {
      const heading = pubs.querySelector('h2');
      if (location.hash != '#publications' || !heading || (isAnchored && !again)) return;
      isAnchored = true;
      heading.scrollIntoView();
      heading.focus();
    };
    const figure = (src, alt) => {
      const image = h('img', { src, alt: alt || '', loading: 'lazy', onerror: () => image.replaceWith(h('p', { class: 'soft' }, t.pubPicture.unread)) });
      return h('figure', {}, image, h('figcaption', { class: alt ? 'soft' : 'alarm' }, alt ? t.pubPicture.alt(alt) : t.pubPicture.none));
    };
    const pubCard = (item, tellPubs, next) => {
      const box = h('article', { class: 'card' }), path = `/api/v1/publications/${encodeURIComponent(item.id)}`;
      const write = (now, said) => {
        const name = item.title || item.text.slice(0, 80), place = t.pubs.on(item.account, networks[item.network] || item.network), about = `${name}, ${item.account}`;
        const isLate = isPast(item), error = h('p', { class: 'error', role: 'alert' }, said), area = h('div', {});
        const page = /^https?:/.test(item.page || '') && h('a', { href: item.page, rel: 'noopener noreferrer' }, item.page);
        const acts = item.state == 'planned' ? ['approve', 'cancel'] : item.state == 'failed' ? (isLate ? [] : ['retry']) : ['confirm', 'absent', ...isLate ? [] : ['retry']];
        const rest = back => {
          area.replaceChildren(h('p', { class: 'acts' }, acts.map((act, i) => button(t.pubActs[act], () => sure(act), i ? '' : 'main', about))));
          if (back) area.querySelectorAll('button')[acts.indexOf(back)].focus();
        };
        // Every one of these is for good: it is said what follows, and a second click does it.
        const sure = act => {
          const post = act == 'confirm' && field(t.pubPost.label, h('input', { type: 'url', autocomplete: 'off', maxlength: 2000 }), t.pubPost.note), why = h('p', { id: 's' + ++serial }, act == 'approve' && item.warnings ? t.pubSure.despite : '', t.pubSure[act == 'retry' && item.state == 'failed' ? 'again' : act]);
          const yes = button(t.pubYes[act], () => go(act, post, yes), 'main', about);
          yes.setAttribute('aria-describedby', why.id);
          error.textContent = '';
          area.replaceChildren(h('div', { class: 'panel' }, why, post, h('p', { class: 'acts' }, yes, button(t.cancel, () => { error.textContent = ''; rest(act); }, 'plain', about))));
          (post ? post.input : yes).focus();
        };
        const go = async (act, post, yes) => {
          if (yes.getAttribute('aria-disabled')) return;
          yes.setAttribute('aria-disabled', true);
          error.textContent = '';
          const url = post && post.input.value.trim();
          // An empty POST has no body: what there is to say stands in its address and in If-Match.
          const { ok, status: code, body } = await call(`${path}/${act == 'absent' ? 'cancel' : act}`, act == 'confirm' && url ? { url } : act == 'approve' && item.warnings ? { despite: true } : null, { 'If-Match': `"${item.etag}"` }, 'POST');
          yes.removeAttribute('aria-disabled');
          if (code == 401) return signIn();
          if (code == 422 && post) {
            post.querySelector('.error').textContent = t.pubPost.bad;
            post.input.setAttribute('aria-invalid', true);
            return post.input.focus();
          }
          if (code == 409 || code == 412) return again();
          if (code == 422 && act == 'approve') return again(t.pubRefused.warned);
          if (!ok) { error.textContent = code == 404 ? t.pubRefused.gone : code == 403 ? forbidden(body, t.pubs.notYours) : decided(code); return; }
          Object.assign(item, body);
          over(t.pubDone[act]);
        };
        const over = words => {
          status.textContent = `${name} ${place} : ${words}.`;
          box.classList.add('done');
          box.replaceChildren(h('p', {}, h('strong', {}, name), ` ${place} : ${words}.`));
          tellPubs();
          next();
        };
        // Somebody else, or the hub, was faster.
        const again = async (said = t.pubRefused.changed) => {
          const { ok, status: code, body } = await call(path);
          if (!ok) { error.textContent = code == 404 ? t.pubRefused.gone : decided(code); return; }
          for (const member in item) delete item[member];
          Object.assign(item, body);
          if ((item.state == 'planned' && item.awaitsApproval) || item.state == 'uncertain' || (item.state == 'failed' && !isPast(item))) return write(true, said);
          status.textContent = t.pubRefused.changed;
          box.remove();
          tellPubs();
          next();
        };
        const reason = t.pubWhy[item.askedFor] || t.pubWhy[item.state];
        const detail = item.state != 'planned' && item.why && h('p', { class: 'soft' }, `${t.pubWhy.detail} : `, h('span', { lang: 'en' }, item.why));
        const pictures = item.pictures ? item.pictures.map(p => figure(`/media/${encodeURIComponent(p.hash)}`, p.alt)) : item.illustration ? [figure(path + '/picture', item.illustration.alt)] : [];
        box.replaceChildren(
          h('h3', { tabindex: -1 }, `${name} ${place}`),
          h('p', { class: 'facts' }, h('span', { class: item.state == 'planned' ? 'badge' : 'badge alarm' }, t.pubStates[item.state]), h('span', {}, h('time', { datetime: item.at }, t.pubTimes[item.state](moment(item.at)))), item.state == 'planned' && h('span', {}, h('time', { datetime: item.publishBy }, t.pubTimes.ends(moment(item.publishBy))))),
          h('p', {}, reason), detail || '', acts.includes('retry') || item.state == 'planned' ? '' : h('p', {}, t.pubWhy.late),
          h('blockquote', { class: 'raw' }, item.text), item.warnings ? h('div', { class: 'alarm' }, h('p', {}, t.remarks), h('ul', {}, item.warnings.map(w => h('li', {}, w)))) : '', page ? h('p', { class: 'soft' }, page) : '', ...pictures, area, error);
        rest();
        if (now) box.querySelector('h3').focus();
      };
      write();
      return box;
    };

    // A list that the team keeps, changed here and saved as a whole; words are tried on the latest comments first.
    const lists = (name, kinds, longest, isTried) => {
      const w = t.lists, path = '/api/v1/settings/' + name, say = h('p', { class: 'status', role: 'status' }), error = h('p', { class: 'error', role: 'alert' }), shown = h('div', {}), acts = h('div', {}), result = h('div', {}), rest = h('div', {});
      // A day of the calendar, which is the same in every zone.
      const dated = day => new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day));
      let base, draft, etag, origins = [], wasTried = false;
      const copy = value => ({ ...Object.fromEntries(kinds.map(kind => [kind, [...value[kind]]])), ...value.until && { until: { ...value.until } } });
      const same = (a, b) => JSON.stringify(a) == JSON.stringify(b);
      const isIn = (values, value) => values.some(one => one.toLowerCase() == value.toLowerCase());
      const take = body => {
        base = copy(body.value);
        etag = body.etag;
        origins = body.added || [];
      };
      // What somebody saved meanwhile stays, with what was added and removed here.
      const carry = before => {
        const mine = draft;
        draft = copy(base);
        for (const kind of kinds) {
          draft[kind] = [...base[kind].filter(one => mine[kind].includes(one) || !before[kind].includes(one)), ...mine[kind].filter(one => !before[kind].includes(one) && !isIn(base[kind], one))];
        }
        if (!draft.until) return;
        for (const [word, day] of Object.entries(mine.until)) if (before.until[word] != day) draft.until[word] = day;
        for (const word of Object.keys(draft.until)) if (!kinds.some(kind => draft[kind].includes(word))) delete draft.until[word];
      };
      const about = (kind, value) => {
        const day = draft.until?.[value], origin = origins.find(one => one.list == kind && one.word == value);
        const end = day && (day < times.dayOf(Date.now()) ? w.over : w.until)(dated(day));
        return [end, base[kind].includes(value) ? origin && w.added(origin.by, times.date(origin.at)) : w.fresh].filter(Boolean).map(words => [', ', words]).flat();
      };
      const changed = () => {
        wasTried = false;
        result.replaceChildren();
        error.textContent = '';
        draw();
      };
      const draw = () => {
        shown.replaceChildren(...kinds.flatMap(kind => [h('h3', { tabindex: -1 }, w.kinds[kind]), draft[kind].length ? h('ul', {}, draft[kind].map(value => h('li', {}, h('strong', {}, value), about(kind, value), ' ', button(w.remove, () => {
          draft[kind] = draft[kind].filter(one => one != value);
          if (draft.until) delete draft.until[value];
          changed();
          say.textContent = w.removed(value);
          shown.querySelectorAll('h3')[kinds.indexOf(kind)].focus();
        }, 'plain', value)))) : h('p', { class: 'soft' }, w.none)]));
        if (same(base, draft)) return acts.replaceChildren();
        const many = field(w.last, h('select', {}, [50, 100, 200].map(n => h('option', {}, n))));
        acts.replaceChildren(isTried && !wasTried ? many : '', h('p', { class: 'acts' }, isTried && !wasTried ? button(w.trial, () => trial(+many.input.value), 'main', t.lists[name]) : button(w.save, save, 'main', t.lists[name]), button(w.drop, () => {
          draft = copy(base);
          changed();
          say.textContent = w.dropped;
          input.input.focus();
        }, 'plain', t.lists[name])));
      };
      const refuse = answer => {
        const { status: code, body } = answer;
        if (code == 401) return signIn();
        error.replaceChildren(...code == 422 ? [w.bad, ' ', h('span', { lang: 'en' }, (body.errors || []).map(e => `${e.path} ${e.message}`).join(' ') || body.detail || '')] : [code == 403 ? forbidden(body, w.notYours) : w.unsaved]);
      };
      const trial = async last => {
        error.textContent = '';
        const answer = await call(`${path}/try`, { [name]: draft, last }), { ok, body } = answer;
        if (!ok) return refuse(answer);
        const { looked, stopped, freed, changed: moved, complete, items } = body.comments, said = w.result(looked, stopped, freed, moved);
        wasTried = true;
        draw();
        say.textContent = said;
        const heading = h('h3', { tabindex: -1 }, w.found);
        result.replaceChildren(heading, h('p', {}, said), complete ? '' : h('p', { class: 'soft' }, w.part), ...items.map(item => {
          const verdict = one => w.verdicts[one.verdict.toLowerCase()] || one.verdict, findings = item.after.findings.length ? item.after.findings : item.before.findings;
          return h('article', { class: 'card' }, h('h4', {}, ...highlighted(item.name, findings, 'name'), ` : ${w.change(verdict(item.before), verdict(item.after))}`), h('p', { class: 'facts' }, h('span', {}, h('time', { datetime: item.received }, moment(item.received)))), h('blockquote', { class: 'raw' }, ...highlighted(item.text, findings, 'text')));
        }));
        heading.focus();
      };
      const save = async () => {
        error.textContent = '';
        const sent = copy(draft), answer = await call(path, sent, { 'If-Match': `"${etag}"` }, 'PUT');
        if (answer.status == 412) {
          const now = await call(path);
          if (!now.ok) return refuse(now);
          const before = base;
          take(now.body);
          carry(before);
          changed();
          error.textContent = w.moved;
          return;
        }
        if (!answer.ok) return refuse(answer);
        take(answer.body);
        // What was added or removed while it was saved is not saved yet, and stays.
        carry(sent);
        changed();
        say.textContent = w.saved;
        if (!form.contains(document.activeElement)) input.input.focus();
      };
      const input = field(isTried ? w.word : w.name, h('input', { maxlength: longest, autocomplete: 'off', required: true }));
      const kind = kinds[1] && field(w.list, h('select', {}, kinds.map(one => h('option', { value: one }, w.effects[one]))));
      const end = isTried && field(w.end, h('input', { type: 'date' }), w.endWhy);
      const form = h('form', {
        novalidate: true, onsubmit: event => {
          event.preventDefault();
          if (!input.check()) return;
          const value = input.input.value.trim().replace(/\s+/g, ' '), to = kind ? kind.input.value : kinds[0], other = kinds.find(one => one != to);
          const wrong = isIn(draft[to], value) ? w.twice : other && isIn(draft[other], value) ? w.other : value.length > longest ? w.long : '';
          if (wrong) return input.wrong(wrong);
          draft[to].push(value);
          if (end?.input.value) draft.until[value] = end.input.value;
          input.input.value = '';
          if (end) end.input.value = '';
          changed();
          say.textContent = w.addedNow(value);
          input.input.focus();
        }
      }, input, kind, end, h('p', { class: 'acts' }, h('button', {}, w.add)));
      const read = async () => {
        const answer = await call(path);
        if (answer.status == 401) { box.open = false; return signIn(); }
        if (!answer.ok) return rest.replaceChildren(h('p', { role: 'alert' }, answer.status == 403 ? w.notYours : w.unread), answer.status == 403 ? '' : button(t.retry, read, '', w[name]));
        take(answer.body);
        draft = copy(base);
        draw();
        rest.replaceChildren(h('p', { class: 'soft' }, w[name + 'Why']), shown, form, say, acts, error, result);
      };
      const box = h('details', { ontoggle: event => { if (event.target.open && !rest.firstChild) read(); } }, h('summary', {}, h('h2', {}, w[name])), rest);
      box.isDirty = () => !!draft && (!same(base, draft) || !!input.input.value.trim());
      return box;
    };

    // What was decided lately, asked for once it is opened: to look again, take back, answer.
    const lately = state => {
      const rows = h('div', {}), next = h('div', {}), error = h('p', { class: 'error', role: 'alert' });
      const read = async after => {
        const answer = await call(`/api/v1/moderation/comments?state=${state}` + (after ? '&after=' + encodeURIComponent(after) : '')), { ok, status: code, body } = answer;
        if (code == 401) return signIn();
        error.textContent = ok ? '' : code == 403 ? t.notYours : t.down;
        if (!ok) return next.replaceChildren(button(t.retry, () => read(after)));
        const cards = body.items.map(decidedCard);
        rows.append(...cards);
        if (!rows.firstChild && !body.next) rows.append(h('p', { class: 'soft' }, t.none));
        next.replaceChildren(body.next ? button(t.more, () => read(body.next)) : '');
        if (after) cards[0]?.querySelector('h3').focus();
      };
      return h('details', { ontoggle: event => { if (event.target.open && !rows.firstChild && !next.firstChild) read(); } }, h('summary', {}, h('h2', {}, t.lately[state])), error, rows, next);
    };
    // Asks for what is hidden in an item, writes it into that item, and has it shown.
    const revealing = (item, show) => async () => {
      const { ok, status: code, body } = await call(base(item) + '/view', { subject: item.subject });
      if (code == 401) return signIn();
      if (!ok) { status.textContent = code == 403 ? forbidden(body, t.notYours) : code == 404 || code == 410 ? t.erased : t.unrevealed; return; }
      Object.assign(item, { name: body.name, text: body.text, firstText: body.firstText, findings: body.findings, notices: body.notices, objection: body.objection, masked: body.masked });
      shownNow(show());
    };
    const decidedCard = item => {
      const shown = h('div', {});
      const show = () => {
        shown.replaceChildren(...context({ ...item, since: null, received: null, verdict: null }, 'h3', revealing(item, show)));
        return shown.querySelector('h3');
      };
      show();
      const by = item.byRules ? t.rules : named(item.decidedBy, item.declared), acts = h('p', { class: 'acts' });
      const box = h('article', { class: 'card' }, shown, h('p', { class: 'soft' }, t.decided(t.done[item.state == 'published' ? 'publish' : 'reject'], by, moment(item.since)), item.refusal && ` ${item.refusal}`), acts);
      if (item.mayUndo) acts.append(button(t.undo, async () => {
        const answer = await call(base(item) + '/undo', { round: item.round, subject: 'comment' });
        if (answer.ok) await load();
        status.textContent = answer.ok ? `${item.name} : ${t.done.undo}.` : refused(answer, decided);
        title.focus();
      }, '', item.name));
      if (item.state == 'published') acts.after(opening(item));
      box.append(aside(item));
      return box;
    };
    const tell = () => { count.textContent = (following ? t.shown : t.waiting)(open().length); };
    const goOn = () => { if (following && open().length <= nearlyRead) load(following, true); };

    // The button that opens the form of an official answer.
    const opening = item => {
      const opener = button(t.answer, () => {
        const text = field(t.answerText, h('textarea', { rows: 4, maxlength: 4000, required: true })), error = h('p', { class: 'error', role: 'alert' }), once = crypto.randomUUID();
        const said = h('p', { class: 'soft', role: 'status' });
        // At the end: what was typed stays.
        const insert = ({ title, text: words }) => {
          const typed = text.input.value.trimEnd(), whole = typed ? `${typed}\n\n${words}` : words;
          error.textContent = whole.length > 4000 ? t.ready.long : '';
          if (whole.length > 4000) return;
          text.input.value = whole;
          text.input.setSelectionRange(whole.length, whole.length);
          said.textContent = t.ready.done(title);
          text.input.focus();
        };
        const offered = ready.length ? h('details', {}, h('summary', {}, t.ready.title), ready.map(one => h('div', { class: 'ready' }, h('p', {}, h('strong', {}, one.title)), h('blockquote', { class: 'raw parent' }, one.text), h('p', { class: 'acts' }, button(t.ready.insert, () => insert(one), '', one.title))))) : '';
        const panel = h('div', { class: 'panel' }, text, offered, said, error, h('p', { class: 'acts' }, button(t.send, async () => {
          if (!text.check()) return;
          const answer = await call(base(item) + '/answer', { text: text.input.value }, { 'Idempotency-Key': once });
          if (!answer.ok) { error.textContent = unanswered(answer); return; }
          status.textContent = t.done.answer + '.' + (answer.body.remarks ? ` ${t.remarks} ${answer.body.remarks.join(' ')}` : '');
          panel.replaceWith(opener);
          opener.focus();
        }, 'main'), button(t.cancel, () => { panel.replaceWith(opener); opener.focus(); }, 'plain')));
        opener.replaceWith(panel);
        text.input.focus();
      }, 'plain', item.name);
      return opener;
    };

    const card = item => {
      const box = h('article', { class: 'card' });
      const write = now => {
        box.key = keyOf(item);
        const decide = async values => {
          const answer = await call(base(item) + '/decision', { subject: item.subject, revision: item.revision, round: item.round, reports: item.reports, ...values }), { ok, status: code, body } = answer;
          if (code == 401) return signIn();
          if (!ok && !isOver(code)) return refused(answer, decided);
          const said = ok ? words(meant(item, values.decision), body) : refused(answer);
          status.textContent = `${item.name} : ${said}`;
          box.classList.add('done');
          const isPublic = ok && values.decision == 'publish';
          box.replaceChildren(h('p', { class: 'acts' }, h('span', {}, h('strong', {}, item.name), ` : ${said}`), ok && mayUndo(values.decision) && button(t.undo, () => undo(body.round || item.round), '', item.name)), isPublic ? opener : '');
          tell();
          // The one below, or what was passed over.
          ((open().find(one => box.compareDocumentPosition(one) & 4) || open()[0])?.querySelector('h2') || title).focus();
          goOn();
        };
        // A change that was refused left everything as it was.
        const mayUndo = choice => item.subject != 'proposal' || choice == 'publish';
        const undo = async round => {
          const answer = await call(base(item) + '/undo', { round, subject: item.subject }), { ok, body } = answer;
          status.textContent = ok ? `${item.name} : ${t.done.undo}.` : refused(answer, decided);
          if (!ok) return;
          Object.assign(item, { subject: item.subject == 'objection' || item.objection ? 'objection' : 'comment', publicText: null, round: body.round || item.round + 1, revision: body.revision || item.revision, state: body.state || item.state });
          box.classList.remove('done');
          write(true);
          tell();
        };
        const opener = opening(item);
        box.replaceChildren(...context(item, 'h2', revealing(item, () => { write(); return box.querySelector('h2'); })), decider(item, decide), item.state == 'published' ? opener : '', aside(item));
        if (now) box.querySelector('h2').focus();
      };
      write();
      return box;
    };
    // One key in the queue, where nothing is being written and no other key is held; each does what a button does, and asks what it asks.
    const kept = { get: () => { try { return localStorage.getItem('socialhub-shortcuts') != 'off'; } catch { return kept.now !== false; } }, set: isOn => { kept.now = isOn; try { localStorage.setItem('socialhub-shortcuts', isOn ? 'on' : 'off'); } catch { /* until the page is left */ } } };
    const isOn = h('input', { type: 'checkbox', id: 'shortcuts-on', onchange: () => kept.set(isOn.checked) });
    const help = h('dialog', { 'aria-labelledby': 'shortcuts-title' }, h('h2', { id: 'shortcuts-title' }, t.keys.title), h('p', { class: 'soft' }, t.keys.note),
      h('dl', { class: 'keys' }, Object.entries(t.keys.list).map(([key, words]) => h('div', {}, h('dt', {}, h('kbd', {}, key)), h('dd', {}, words)))),
      h('p', { class: 'choice' }, isOn, h('label', { for: 'shortcuts-on' }, t.keys.on)), h('p', { class: 'acts' }, button(t.keys.close, () => help.close(), 'main')));
    const showHelp = () => {
      isOn.checked = kept.get();
      help.showModal();
    };
    shortcuts.onclick = showHelp;
    main.append(help);
    const cards = () => [...list.querySelectorAll('article.card')];
    const step = by => {
      const all = open(), here = document.activeElement?.closest?.('article.card'), at = all.indexOf(here);
      // From a card that is decided, or from elsewhere: the next below it, or the first.
      const next = at >= 0 ? all[at + by] : here && cards().includes(here) ? (by > 0 ? all.find(one => here.compareDocumentPosition(one) & 4) : all.findLast(one => here.compareDocumentPosition(one) & 2)) : all[by > 0 ? 0 : all.length - 1];
      const heading = next?.querySelector('h2');
      heading?.focus();
      heading?.scrollIntoView({ block: 'nearest' });
      return heading;
    };
    const act = choice => {
      const here = document.activeElement?.closest?.('article.card');
      // Nothing is decided that is not the text where the focus is: nobody decides about what they have not seen.
      if (!open().includes(here)) {
        if (step(1)) status.textContent = t.keys.stale;
        return;
      }
      here.querySelector(`[data-choice="${choice}"]:not([aria-disabled])`)?.click();
    };
    const acts = { j: () => step(1), k: () => step(-1), f: () => act('publish'), d: () => act('reject'), '?': showHelp };
    addEventListener('keydown', event => {
      const { key, target } = event;
      if (!Object.hasOwn(acts, key) || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat && 'fd'.includes(key) || help.open || target.closest?.('input, select, textarea, [contenteditable]') || signOut.hidden || !kept.get()) return;
      event.preventDefault();
      acts[key]();
    });
    await load();
  }

  title.tabIndex = -1;
  document.body.dataset.page == 'decide' ? decidePage() : moderationPage();
})();
