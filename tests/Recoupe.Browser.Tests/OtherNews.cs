namespace Recoupe.Browser.Tests;

/// <summary>Invented news of the same days as the sample, so that a picture of the front page shows more than one story.</summary>
internal static class OtherNews
{
    /// <summary>The articles, as the service takes them in.</summary>
    public static IEnumerable<object> Lines =>
    [
        Of("The Harbour Post", "en", "Night ferry to Sainte-Lune cancelled after engine fire", "2026-05-13T06:10:00Z",
            "The night ferry from Orve to Sainte-Lune was cancelled on Tuesday after a fire broke out in its engine room. Nobody was hurt, the coastguard said. "
            + "All 214 passengers were taken off the Étoile du Large at the quay of Orve. “The crew had the fire out within a quarter of an hour,” said Marc Lanvin, the harbourmaster of Orve."),
        Of("Radio Orve", "fr", "Sainte-Lune : le ferry de nuit supprimé après un feu dans la salle des machines", "2026-05-13T06:45:00Z",
            "Le ferry de nuit entre Orve et Sainte-Lune a été supprimé mardi après un incendie dans la salle des machines. Les 214 passagers de l'Étoile du Large ont été débarqués au quai d'Orve. "
            + "« L'équipage a éteint le feu en un quart d'heure », a déclaré Marc Lanvin, le commandant du port d'Orve. Personne n'a été blessé, selon les garde-côtes."),
        Of("The Vell Log", "en", "Étoile du Large: ferry company says spare engine part was late", "2026-05-13T09:20:00Z",
            "The fire in the engine room of the Étoile du Large on Tuesday began in a fuel pump that was to be replaced in March, an employee of the ferry company said. "
            + "The company denied that. “The pump was inspected in April and was in order,” its director, Irène Caul, said. All 216 passengers were taken off the ferry at Orve, according to the coastguard."),
        Of("Gazette des Îles", "fr", "Grippe aviaire : deux élevages confinés près de Morgane", "2026-05-12T15:00:00Z",
            "Deux élevages de canards ont été confinés mardi près de Morgane après la découverte d'un foyer de grippe aviaire, a annoncé la préfecture de l'Orve. "
            + "Environ 3 000 canards seront abattus. Aucun cas n'a été constaté chez l'homme, selon l'agence régionale de santé."),
        Of("Le Courrier de Valenne", "fr", "Morgane : 3 000 canards abattus après un foyer de grippe aviaire", "2026-05-12T17:30:00Z",
            "Environ 3 000 canards seront abattus près de Morgane, où un foyer de grippe aviaire a été découvert dans deux élevages, a annoncé la préfecture de l'Orve. "
            + "« Nous n'avons rien vu venir », a déclaré l'éleveuse Anne Tréhic au Courrier de Valenne."),
        Of("The Vell Log", "en", "Vell keeps its fish market open on Sundays", "2026-05-12T20:05:00Z",
            "The council of Vell voted on Monday to keep the fish market open on Sundays, by nine votes to four. “The market lives on its Sundays,” said Joan Pardew, the mayor of Vell."),
        Of("The Harbour Post", "en", "Fish market of Vell may open on Sundays, council decides", "2026-05-13T05:30:00Z",
            "The fish market of Vell may stay open on Sundays, the town council decided on Monday by nine votes to four. Traders had asked for it, the mayor, Joan Pardew, said."),
    ];

    private static object Of(string outlet, string language, string title, string published, string text) =>
        new { outlet, language, title, published, text, url = $"https://{outlet.Replace(' ', '-').ToLowerInvariant().Replace('î', 'i')}.example/{published[..10]}/{title.Length}" };
}
