using System.CommandLine;
using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Trail;
using Ledger.Client.Transactions;
using Ledger.Client.Verification;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Verbs;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Everything that happened to the access to one's own records, reads included.</summary>
internal static class AccessLogCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> learner = new("LEARNER")
        {
            Description = "The address, or me.", DefaultValueFactory = static _ => "me",
        };
        Option<string> key = new("--encryption-key")
        {
            Description = "The file of the key to which reads are sealed.", HelpName = "FILE", Required = true,
        };
        Option<string?> keyPassword = new("--key-password-file")
        {
            Description = "The password of that file; else it is asked for.", HelpName = "PATH",
        };
        Option<ulong> from = new("--from")
        {
            Description = "Only what happened from this block on.", HelpName = "HEIGHT",
        };
        Option<string?> genesis = VerifyCommand.GenesisOption();
        Option<string?> checkpoint = VerifyCommand.CheckpointOption();
        return host.Verb(
            "log",
            "Shows every request, denial, grant, its end, and every read of your records. Exit code 5 when nobody "
                + "shows what a read was.",
            "ledger access log --encryption-key alice.x25519",
            [learner, key, keyPassword, from, genesis, checkpoint],
            async (session, cancellation) =>
            {
                Address address = Parties.Read(session, session.Required(learner));
                TrustRoot trust = session.OpenTrust(session.Get(checkpoint), session.Get(genesis));
                using Password password = session.AskPassword(
                    session.Get(keyPassword), $"Password of {session.Required(key)}: ");
                using EncryptionKey opening = KeyFile.OpenEncryptionKey(session.Required(key), password);
                IReadOnlyList<AccessEntry> entries =
                    await ListAsync(session, address, session.Get(from), cancellation).ConfigureAwait(false);
                IReadOnlyList<TrailRead> reads =
                    await ReadAsync(session, trust, opening, address, session.Get(from), cancellation)
                        .ConfigureAwait(false);
                return Describe(entries, reads);
            });
    }

    private static async Task<IReadOnlyList<AccessEntry>> ListAsync(
        Session session, Address learner, ulong fromHeight, CancellationToken cancellation)
    {
        List<AccessEntry> entries = [];
        AccessRequest request = new()
        {
            Learner = ByteString.CopyFrom(learner.ToArray()), FromHeight = fromHeight,
        };
        do
        {
            AccessPage page = await session.Client.ListAccessAsync(request, cancellation).ConfigureAwait(false);
            entries.AddRange(page.Entries);
            request.FromHeight = page.NextHeight;
        }
        while (request.FromHeight != 0);

        return entries;
    }

    private static async Task<IReadOnlyList<TrailRead>> ReadAsync(
        Session session,
        TrustRoot trust,
        EncryptionKey key,
        Address learner,
        ulong fromHeight,
        CancellationToken cancellation)
    {
        using BoxClients boxes = new(session);
        return await new TrailReader(session.Client, trust, key, boxes.FindAsync)
            .ReadAsync(learner, fromHeight, cancellation).ConfigureAwait(false);
    }

    private static Answer Describe(IReadOnlyList<AccessEntry> entries, IReadOnlyList<TrailRead> reads)
    {
        // Reads of a block stand after what changed rights in it: they were decided at a block before.
        IEnumerable<object?[]> rows = entries
            .Select(static entry => (entry.Height, Order: 0, Row: Row(entry)))
            .Concat(reads.Select(static read => (read.Leaf.Height, Order: 1, Row: Row(read))))
            .OrderBy(static one => one.Height).ThenBy(static one => one.Order)
            .Select(static one => one.Row);
        int hidden = reads.Count(static read => read.Content is null);
        Answer answer = new Answer()
            .Field("reads", reads.Count)
            .Field("reads not shown", hidden)
            .Table("log", ["height", "time", "what", "who", "verb", "whom", "number", "more"], rows);
        return hidden == 0
            ? answer
            : answer.Note(
                $"The ledger counts {hidden} reads that their institutions do not show. Ask them, and keep this list.")
                .With(ExitCode.Undecided);
    }

    private static object?[] Row(AccessEntry entry) =>
    [
        entry.Height,
        Times.Show(entry.TimeUnixMs),
        Hyphenated.Of(entry.Act.ToString()),
        Parties.Show(entry.Actor),
        VerbTable.Standard.Format(entry.Verb),
        entry.Subject == entry.Actor ? null : Parties.Show(entry.Subject),
        entry.Number == 0 ? null : entry.Number,
        entry.Rights is null ? null : OperationText.Describe(entry.Rights),
    ];

    private static object?[] Row(TrailRead read) => read.Content is { } content
        ?
        [
            read.Leaf.Height,
            Times.Show(content.TimeUnixMs),
            "read",
            Parties.Show(content.Reader),
            VerbTable.Standard.Format(content.Verb),
            Parties.Show(read.Leaf.Institution),
            read.Leaf.Index,
            string.Join("; ", new[]
            {
                content.Features ? $"features of {content.Records} records" : $"{content.Records} records",
                content.Grants.Count == 0 ? string.Empty : $"by grant {string.Join(", ", content.Grants)}",
                content.Purpose,
            }.Where(static part => part.Length > 0)),
        ]
        :
        [
            read.Leaf.Height, null, "read", null, null, Parties.Show(read.Leaf.Institution), read.Leaf.Index,
            read.Problem,
        ];
}
