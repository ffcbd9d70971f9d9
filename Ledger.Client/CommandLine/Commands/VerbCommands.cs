using System.CommandLine;
using System.Globalization;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Verbs;

namespace Ledger.CommandLine.Commands;

/// <summary>Verbs and their codes.</summary>
internal static class VerbCommands
{
    public static Command Create(CommandHost host) =>
        CommandHost.Noun("verb", "Verbs of learning records, and their codes.", List(host), Show(host));

    private static Command List(CommandHost host)
    {
        Option<string?> label = new("--label")
        {
            Description = "Only verbs whose label contains this.", HelpName = "TEXT",
        };
        return host.Verb(
            "list", "Lists the verbs that have a code.", "ledger verb list --label view", [label], session =>
            new Answer().Table("verbs", ["code", "id", "vocabulary", "label", "iri"], VerbTable.Standard.All
                .Where(verb =>
                    verb.Label.Contains(session.Get(label) ?? string.Empty, StringComparison.OrdinalIgnoreCase))
                .Select(Row)));
    }

    private static Command Show(CommandHost host)
    {
        Argument<string[]> verb = new("VERB")
        {
            Description = "IRI, code such as 0x34, or label.", Arity = ArgumentArity.OneOrMore,
        };
        return host.Verb("show", "Shows which verb is meant.", "ledger verb show 0x34", [verb], session =>
        {
            string iri = VerbResolver.Resolve(string.Join(' ', session.Required(verb)));
            return new Answer()
                .Field("verb", VerbTable.Standard.Format(iri))
                .Field("iri", iri)
                .Field("id", VerbTable.Standard.TryGet(iri, out Verb? known) ? known.Id : null)
                .Field("vocabulary", known?.Vocabulary);
        });
    }

    private static object?[] Row(Verb verb) =>
        [string.Create(CultureInfo.InvariantCulture, $"0x{verb.Id:x}"), verb.Id, verb.Vocabulary, verb.Label, verb.Iri];
}
