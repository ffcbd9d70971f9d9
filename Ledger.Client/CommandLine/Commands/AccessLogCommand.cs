using System.CommandLine;
using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
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
        Option<string?> genesis = VerifyCommand.GenesisOption();
        Option<string?> checkpoint = VerifyCommand.CheckpointOption();
        return host.Verb(
            "log",
            "Shows every request, denial, grant, revocation and read of your records. Exit code 5 when a box does not "
                + "show what a read was.",
            "ledger access log --encryption-key alice.x25519",
            [learner, key, keyPassword, genesis, checkpoint],
            async (session, cancellation) =>
            {
                Address address = Parties.Read(session, session.Required(learner));
                TrustRoot trust = session.OpenTrust(session.Get(checkpoint), session.Get(genesis));
                using Password password = session.AskPassword(
                    session.Get(keyPassword), $"Password of {session.Required(key)}: ");
                using EncryptionKey opening = KeyFile.OpenEncryptionKey(session.Required(key), password);
                IReadOnlyList<AccessEntry> entries =
                    await ListAsync(session, address, cancellation).ConfigureAwait(false);
                IReadOnlyList<TrailRead> reads =
                    await ReadAsync(session, trust, opening, address, cancellation).ConfigureAwait(false);
                return Describe(entries, reads);
            });
    }

    private static async Task<IReadOnlyList<AccessEntry>> ListAsync(
        Session session, Address learner, CancellationToken cancellation)
    {
        List<AccessEntry> entries = [];
        AccessRequest request = new() { Learner = ByteString.CopyFrom(learner.ToArray()) };
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
        Session session, TrustRoot trust, EncryptionKey key, Address learner, CancellationToken cancellation)
    {
        Dictionary<Address, LedgerClient?> boxes = [];
        try
        {
            return await new TrailReader(session.Client, trust, key, async (box, token) =>
            {
                if (!boxes.TryGetValue(box, out LedgerClient? client))
                {
                    client = await BoxFinder.FindAsync(session, box, token).ConfigureAwait(false);
                    boxes[box] = client;
                }

                return client;
            }).ReadAsync(learner, cancellation).ConfigureAwait(false);
        }
        finally
        {
            foreach (LedgerClient? client in boxes.Values)
            {
                client?.Dispose();
            }
        }
    }

    private static Answer Describe(IReadOnlyList<AccessEntry> entries, IReadOnlyList<TrailRead> reads)
    {
        // Reads of a block stand after what changed rights in it: they were decided at a block before.
        IEnumerable<object?[]> rows = entries
            .Select(entry => (entry.Height, Order: 0, Row: Row(entry, entries)))
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

    private static object?[] Row(AccessEntry entry, IReadOnlyList<AccessEntry> all)
    {
        // A denial or an end names a number: the entry that it answers says whose.
        AccessAct begun = entry.Act is AccessAct.Denied or AccessAct.Withdrawn
            ? AccessAct.Requested
            : AccessAct.Granted;
        AccessEntry? answered = entry.Subject.IsEmpty && entry.Number != 0
            ? all.FirstOrDefault(other => other.Number == entry.Number
                && other.Verb == entry.Verb
                && other.Act == begun
                && other != entry)
            : null;
        ByteString subject = entry.Subject.IsEmpty
            ? answered?.Act == AccessAct.Requested ? answered.Actor : answered?.Subject ?? ByteString.Empty
            : entry.Subject;
        return
        [
            entry.Height,
            Times.Show(entry.TimeUnixMs),
            entry.Act.ToString().ToLowerInvariant(),
            Parties.Show(entry.Actor),
            VerbTable.Standard.Format(entry.Verb),
            Parties.Show(subject),
            entry.Number == 0 ? null : entry.Number,
            entry.Rights is null ? null : OperationText.Describe(entry.Rights),
        ];
    }

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
                $"{content.Records} records",
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
