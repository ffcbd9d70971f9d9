using System.CommandLine;
using System.Globalization;
using Ledger.Client.Verbs;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Verbs;

namespace Ledger.CommandLine.Commands;

/// <summary>Verbs and their codes.</summary>
internal static class VerbCommands
{
    public static Command Create(CommandHost host) => CommandHost.Noun(
        "verb",
        "Verbs of learning records, and their codes.",
        List(host),
        Show(host),
        VerbProposeCommands.Add(host),
        VerbProposeCommands.Join(host),
        VerbProposeCommands.Withdraw(host));

    /// <summary>The option to ask the node for what members have decided.</summary>
    public static Option<bool> VotedOption() => new("--voted")
    {
        Description = "Ask the node too for what members have added and which verbs mean the same.",
    };

    private static Command List(CommandHost host)
    {
        Option<string?> label = new("--label")
        {
            Description = "Only verbs whose label contains this.", HelpName = "TEXT",
        };
        Option<bool> voted = VotedOption();
        return host.Verb(
            "list", "Lists the verbs that have a code.", "ledger verb list --label view", [label, voted],
            async (session, cancellation) =>
            {
                VerbBook book = await BookAsync(session, session.Get(voted), cancellation).ConfigureAwait(false);
                Answer answer = session.Get(voted) ? new Answer().Field("version", book.Version) : new Answer();
                return answer.Table("verbs", ["code", "id", "vocabulary", "label", "iri"], book.Table.All
                    .Where(verb =>
                        verb.Label.Contains(session.Get(label) ?? string.Empty, StringComparison.OrdinalIgnoreCase))
                    .Select(Row));
            });
    }

    private static Command Show(CommandHost host)
    {
        Argument<string[]> verb = new("VERB")
        {
            Description = "IRI, code such as 0x34, or label.", Arity = ArgumentArity.OneOrMore,
        };
        Option<bool> voted = VotedOption();
        return host.Verb(
            "show", "Shows which verb is meant, and with --voted which others mean the same.",
            "ledger verb show 0x34", [verb, voted],
            async (session, cancellation) =>
            {
                VerbBook book = await BookAsync(session, session.Get(voted), cancellation).ConfigureAwait(false);
                string iri = VerbResolver.Resolve(string.Join(' ', session.Required(verb)), book.Table);
                Answer answer = new Answer()
                    .Field("verb", book.Table.Format(iri))
                    .Field("iri", iri)
                    .Field("id", book.Table.TryGet(iri, out Verb? known) ? known.Id : null)
                    .Field("vocabulary", known?.Vocabulary);
                return session.Get(voted)
                    ? answer.Field("version", book.Version).Table("equivalents", ["verb", "iri"], book.Equivalents(iri)
                        .Skip(1).Select(one => new object?[] { book.Table.Format(one), one }))
                    : answer;
            });
    }

    /// <summary>The registry of the ledger, or the standard table where no node is to be asked.</summary>
    public static Task<VerbBook> BookAsync(Session session, bool voted, CancellationToken cancellation) => voted
        ? VerbBook.LoadAsync(session.Client, cancellation)
        : Task.FromResult(VerbBook.Standard);

    private static object?[] Row(Verb verb) =>
        [string.Create(CultureInfo.InvariantCulture, $"0x{verb.Id:x}"), verb.Id, verb.Vocabulary, verb.Label, verb.Iri];
}
