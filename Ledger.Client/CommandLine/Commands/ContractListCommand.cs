using System.CommandLine;
using Google.Protobuf;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Verbs;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>A learner's contracts with their providers, out of its index.</summary>
internal static class ContractListCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> learner = new("LEARNER") { Description = "The address, or me." };
        Option<string?> verb = new("--verb")
        {
            Description = "Only this verb, and those that members have decided mean the same.", HelpName = "VERB",
        };
        Option<string?> provider = new("--provider") { Description = "Only this one's.", HelpName = "ADDRESS|DOMAIN" };
        Option<bool> exact = new("--exact") { Description = "Only the exact verb, not what means the same." };
        return host.Verb(
            "list",
            "Lists a learner's contracts with their providers.",
            "ledger contract list me --verb 0x34",
            [learner, verb, provider, exact],
            async (session, cancellation) =>
            {
                VerbBook book = await VerbCommands.BookAsync(session, voted: true, cancellation).ConfigureAwait(false);
                string? iri = session.Get(verb) is { } named ? VerbResolver.Resolve(named, book.Table) : null;
                Address? of = session.Get(provider) is { } text
                    ? await Parties.ReadInstitutionAsync(session, text, cancellation).ConfigureAwait(false)
                    : null;
                UicRequest request = new()
                {
                    Learner = Bytes(Parties.Read(session, session.Required(learner))),
                    Provider = of is { } address ? Bytes(address) : ByteString.Empty,
                };
                List<object?[]> rows = [];
                foreach (string one in Wanted(book, iri, session.Get(exact)))
                {
                    request.Verb = one;
                    await foreach (IndexEntry entry in session.Client.ListUicEntriesAsync(request, cancellation)
                        .ConfigureAwait(false))
                    {
                        rows.Add(RowOf(entry, book));
                    }
                }

                Answer answer = new Answer().Table(
                    "contracts", ["verb", "iri", "provider", "grant", "from height"], rows);
                return iri is null ? answer : answer.Field("searched", Wanted(book, iri, session.Get(exact)).Length);
            });
    }

    // Without a verb one question brings all of them.
    private static string[] Wanted(VerbBook book, string? iri, bool exact) =>
        iri is null ? [string.Empty] : exact ? [iri] : [.. book.Equivalents(iri)];

    private static object?[] RowOf(IndexEntry entry, VerbBook book) =>
    [
        book.Table.Format(entry.Verb), entry.Verb, Parties.Show(entry.Provider),
        entry.Grant == 0 ? null : entry.Grant, entry.Interval?.FromHeight,
    ];

    private static ByteString Bytes(Address address) => ByteString.CopyFrom(address.ToArray());
}
