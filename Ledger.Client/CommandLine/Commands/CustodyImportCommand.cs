using System.CommandLine;
using Ledger.Client.Custody;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Verbs;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Hands a custody file to the custodian's node, and confirms what it has verified.</summary>
internal static class CustodyImportCommand
{
    /// <summary>Confirmations of one transaction: each is a group of its own, refused alone.</summary>
    private const int ConfirmationsMax = 64;

    public static Command Create(CommandHost host)
    {
        Argument<string> file = new("FILE") { Description = "The file of the institution whose records you keep." };
        return host.Verb(
            "import",
            "Takes records in, and what reads were: your node verifies each against the ledger and keeps it; then what "
                + "is complete is confirmed. Exit code 5 when a range is not complete.",
            "ledger custody import kyoto.custody",
            [file],
            async (session, cancellation) =>
            {
                SortedDictionary<string, ImportReply> ranges = new(StringComparer.Ordinal);
                ulong refused = 0;
                ulong reads = 0;
                using (FileStream stream = File.OpenRead(session.Required(file)))
                {
                    CustodyFile.ReadHeader(stream, session.ChainId);
                    foreach (SealedMessage portion in CustodyFile.ReadPortions(stream))
                    {
                        ImportReply reply =
                            await session.Client.ImportAsync(portion, cancellation).ConfigureAwait(false);
                        refused += (ulong)(reply.Refused.Count + reply.RefusedReads.Count);
                        reads += reply.Reads;
                        if (reply.Verb.Length == 0)
                        {
                            continue;
                        }

                        ranges[$"{Parties.Show(reply.Learner)} {reply.Verb} {Parties.Show(reply.Writer)}"] = reply;
                    }
                }

                ImportReply[] complete = [.. ranges.Values.Where(IsComplete)];
                int confirmed = await ConfirmAsync(session, complete, cancellation).ConfigureAwait(false);
                Answer answer = new Answer()
                    .Field("refused", refused)
                    .Field("reads", reads)
                    .Field("ranges confirmed", confirmed)
                    .Table("ranges", ["writer", "learner", "verb", "kept", "on the ledger"], ranges.Values.Select(
                        static reply => new object?[]
                        {
                            Parties.Show(reply.Writer), Parties.Show(reply.Learner),
                            VerbTable.Standard.Format(reply.Verb), reply.Kept, reply.Expected,
                        }));
                return complete.Length == ranges.Count && refused == 0 ? answer : answer.With(ExitCode.Undecided);
            });
    }

    private static bool IsComplete(ImportReply reply) => reply.Kept == reply.Expected && reply.Expected > 0;

    private static async Task<int> ConfirmAsync(
        Session session, ImportReply[] complete, CancellationToken cancellation)
    {
        int confirmed = 0;
        foreach (ImportReply[] batch in complete.Chunk(ConfirmationsMax))
        {
            TransactionBuilder builder = new(
                session.ChainId, TransactionBuilder.LastValidFor(session.Time.GetUtcNow()));
            int actor = builder.AddSigner(session.Identity.Address, session.Identity.Key.PublicKey);
            foreach (ImportReply range in batch)
            {
                builder.AddGroup(actor, Operations.CustodyConfirm(
                    new Address(range.Learner.Span), range.Verb, new Address(range.Writer.Span), range.Kept));
            }

            PendingTransaction transaction = builder.Build();
            transaction.AddSignature(session.Identity.Key);
            Client.Protos.Outcome outcome = await session.OpenClient.SubmitAsync(
                transaction.ToSignedBytes(), wait: true, cancellation).ConfigureAwait(false);

            // What was confirmed by an earlier import stays so.
            confirmed += outcome.Operations.Count(static one =>
                one.Result.Code is ResultCode.Accepted or ResultCode.AlreadyConfirmed);
        }

        return confirmed;
    }
}
