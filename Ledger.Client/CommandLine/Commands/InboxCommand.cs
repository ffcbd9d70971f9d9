using System.CommandLine;
using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Purposes;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Verbs;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>
/// The requests that wait for the learner, page by page until the last: what they are for, in words that are not the
/// ledger's, and the learner's answers.
/// </summary>
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
        InboxAnswers answers = new();
        return host.Verb(
            "inbox",
            "Lists the requests that wait for your answer, with who asks and what for, and takes your answers. What is "
                + "answered together is decided together.",
            "ledger access inbox --encryption-key alice.x25519",
            [learner, key, keyPassword, .. answers.Symbols],
            async (session, cancellation) =>
            {
                Address asked = Parties.Read(session, session.Required(learner));
                IReadOnlyList<RequestView> requests = await ListAsync(session, asked, cancellation)
                    .ConfigureAwait(false);
                IReadOnlyList<Operation> given = await answers.MakeAsync(session, asked, requests, cancellation)
                    .ConfigureAwait(false);
                if (given.Count > 0)
                {
                    return await TransactionSender.SendAsync(session, cancellation, [.. given]).ConfigureAwait(false);
                }

                Dictionary<ByteString, string> words = session.Get(key) is { } file
                    ? await WordsAsync(session, asked, requests, file, session.Get(keyPassword), cancellation)
                        .ConfigureAwait(false)
                    : [];
                IReadOnlyList<InstitutionView> institutions = requests.Count == 0
                    ? []
                    : await InstitutionBook.ListAsync(session, cancellation).ConfigureAwait(false);
                Answer answer = new Answer().Table(
                    "requests", Columns, requests.Select(view => Row(view, words)));
                foreach (RequestView view in requests.Where(static view => view.Request is not null))
                {
                    answer.Note(InboxSentence.Of(view, institutions, PurposeOf(view, words)));
                }

                return answer;
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

    private static string? PurposeOf(RequestView view, Dictionary<ByteString, string> words) =>
        view.Request is null or { Purpose.IsEmpty: true }
            ? null
            : words.GetValueOrDefault(view.Request.Purpose, "(sealed: name your --encryption-key)");

    private static object?[] Row(RequestView view, Dictionary<ByteString, string> words) =>
    [
        VerbTable.Standard.Format(view.Verb),
        view.Number,
        view.Request is null ? null : Parties.Show(view.Request.Requester),
        OperationText.Describe(view.Request?.Rights),
        PolicyNames.Show(view.Request?.Policy),
        PurposeOf(view, words),
        view.Request?.Interval?.FromHeight,
        view.Request?.Interval is { EndUnixMs: > 0 } interval ? Times.Show(interval.EndUnixMs) : null,
    ];
}
