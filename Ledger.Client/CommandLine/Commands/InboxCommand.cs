using System.CommandLine;
using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Purposes;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Verbs;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>The requests that wait for the learner, page by page until the last, and what they are for.</summary>
internal static class InboxCommand
{
    private static string[] Columns { get; } =
        ["verb", "request", "from", "rights", "policy", "purpose", "height", "until"];

    public static Command Create(CommandHost host)
    {
        Option<string> learner = new("--learner")
        {
            Description = "Whose requests, when you act for a learner.", DefaultValueFactory = static _ => "me",
        };
        Option<string?> key = new("--encryption-key")
        {
            Description = "The file of your encryption key, to which purposes are sealed; else they are not shown.",
            HelpName = "FILE",
        };
        Option<string?> keyPassword = new("--key-password-file")
        {
            Description = "The password of that file; else it is asked for.", HelpName = "PATH",
        };
        return host.Verb(
            "inbox",
            "Lists the requests that wait for your answer, and what they are for.",
            "ledger access inbox --encryption-key alice.x25519",
            [learner, key, keyPassword],
            async (session, cancellation) =>
            {
                Address asked = Parties.Read(session, session.Required(learner));
                IReadOnlyList<RequestView> requests = await ListAsync(session, asked, cancellation)
                    .ConfigureAwait(false);
                Dictionary<ByteString, string> words = session.Get(key) is { } file
                    ? await WordsAsync(session, asked, requests, file, session.Get(keyPassword), cancellation)
                        .ConfigureAwait(false)
                    : [];
                return new Answer().Table("requests", Columns, requests.Select(view => Row(view, words)));
            });
    }

    private static async Task<IReadOnlyList<RequestView>> ListAsync(
        Session session, Address learner, CancellationToken cancellation)
    {
        List<RequestView> requests = [];
        ByteString cursor = ByteString.Empty;
        do
        {
            RequestPage page = await session.Client.ListRequestsAsync(
                learner, new PageRequest { Cursor = cursor }, cancellation).ConfigureAwait(false);
            requests.AddRange(page.Requests);
            cursor = page.Cursor;
        }
        while (!cursor.IsEmpty);

        return requests;
    }

    // What each commitment says, or why it is not shown; each requester's node is asked once.
    private static async Task<Dictionary<ByteString, string>> WordsAsync(
        Session session,
        Address learner,
        IReadOnlyList<RequestView> requests,
        string keyFile,
        string? passwordFile,
        CancellationToken cancellation)
    {
        using Password password = session.AskPassword(passwordFile, $"Password of {keyFile}: ");
        using EncryptionKey key = KeyFile.OpenEncryptionKey(keyFile, password);
        using BoxClients boxes = new(session);
        PurposeReader reader = new(key, boxes.FindAsync);
        Dictionary<ByteString, string> words = [];
        foreach (IGrouping<ByteString, ByteString> requester in requests
            .Where(static view => view.Request is { Purpose.Length: Hash256.Size, Requester.Length: Address.Size })
            .GroupBy(static view => view.Request.Requester, static view => view.Request.Purpose))
        {
            ByteString[] commitments = [.. requester.Distinct()];
            IReadOnlyList<(string? Words, string Problem)> read = await reader.ReadAsync(
                learner, new Address(requester.Key.Span), commitments, cancellation).ConfigureAwait(false);
            foreach ((ByteString commitment, (string? said, string problem)) in commitments.Zip(read))
            {
                words[commitment] = said ?? $"(not shown: {problem})";
            }
        }

        return words;
    }

    private static object?[] Row(RequestView view, Dictionary<ByteString, string> words) =>
    [
        VerbTable.Standard.Format(view.Verb),
        view.Number,
        view.Request is null ? null : Parties.Show(view.Request.Requester),
        OperationText.Describe(view.Request?.Rights),
        PolicyNames.Show(view.Request?.Policy),
        view.Request is null or { Purpose.IsEmpty: true }
            ? null
            : words.GetValueOrDefault(view.Request.Purpose, "(sealed: name your --encryption-key)"),
        view.Request?.Interval?.FromHeight,
        view.Request?.Interval is { EndUnixMs: > 0 } interval ? Times.Show(interval.EndUnixMs) : null,
    ];
}
