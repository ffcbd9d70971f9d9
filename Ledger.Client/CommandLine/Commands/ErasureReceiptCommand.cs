using System.CommandLine;
using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Verification;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Verbs;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Asks whoever has copies of erased records for its word, and writes all words down.</summary>
internal static class ErasureReceiptCommand
{
    private const int OrderDigits = 32;

    private static readonly string[] Columns = ["holder", "learner", "verb", "records", "state", "why"];

    public static Command Create(CommandHost host)
    {
        Argument<string> order = new("ORDER") { Description = "The order, as its 32 digits." };
        Option<string> output = new("--out")
        {
            Description = "Where to write it, for you alone.", HelpName = "FILE", Required = true,
        };
        return host.Verb(
            "receipt",
            "Asks your own node and all who keep your records for their signed word that they hold no copy of what an "
                + "order erased. Who does not answer is listed as open: ask again later. Exit code 5 while one is.",
            "ledger erasure receipt 0f3c… --out erasure.proof",
            [order, output],
            async (session, cancellation) =>
            {
                ErasureView view = await OrderAsync(session, session.Required(order), cancellation)
                    .ConfigureAwait(false);
                ErasureReceipt receipt = new() { Version = ProofVerifier.Version };
                List<object?[]> rows = await AskAsync(session, view, receipt, cancellation).ConfigureAwait(false);
                bool isOpen = !ErasureCommands.IsDone(view) || rows.Count != receipt.Words.Count;
                Answer answer = new Answer()
                    .Field("records", view.Records)
                    .Field("out of all files", view.Scrubbed)
                    .Field("on the ledger", view.Settled)
                    .Field("open", rows.Count - receipt.Words.Count)
                    .Table("holders", Columns, rows);
                if (receipt.Words.Count > 0)
                {
                    string path = session.Required(output);
                    AtomicFile.Write(path, new ProofFile { Erasure = receipt }.ToByteArray(), overwrite: true);
                    answer.Field("file", path).Note($"It verifies offline: ledger verify {path}");
                }

                return isOpen ? answer.With(ExitCode.Undecided) : answer;
            });
    }

    private static async Task<ErasureView> OrderAsync(Session session, string digits, CancellationToken cancellation)
    {
        if (digits.Length != OrderDigits || !digits.All(char.IsAsciiHexDigit))
        {
            throw CommandException.WrongUse("An order is named by 32 hexadecimal digits. See: ledger erasure list");
        }

        ErasureViews views = await session.Client.GetErasuresAsync(Convert.FromHexString(digits), cancellation)
            .ConfigureAwait(false);
        return views.Orders.Single();
    }

    private static async Task<List<object?[]>> AskAsync(
        Session session, ErasureView view, ErasureReceipt receipt, CancellationToken cancellation)
    {
        Address self = session.Identity.Address;
        IReadOnlyList<Address> custodians =
            await CustodyAdvice.CustodiansAsync(session, self, cancellation).ConfigureAwait(false);
        List<object?[]> rows = [];
        using BoxClients boxes = new(session);
        foreach (ErasedPlaces places in view.Places)
        {
            IReadOnlyList<Address> copies =
                await HoldersAsync(session, self, places, cancellation).ConfigureAwait(false);
            foreach (Address holder in custodians.Concat(copies).Append(self).Distinct())
            {
                LedgerClient? client = holder == self
                    ? session.Client
                    : await boxes.FindAsync(holder, cancellation).ConfigureAwait(false);
                string? why = client is null
                    ? "the ledger names no box of it that can be checked"
                    : await AskAsync(client, places, receipt, cancellation).ConfigureAwait(false);
                rows.Add(
                [
                    holder.ToString(), Parties.Show(places.Learner), VerbTable.Standard.Format(places.Verb),
                    places.Indexes.Count, why is null ? "acknowledged" : "open", why,
                ]);
            }
        }

        return rows;
    }

    // Whoever has confirmed a copy, whatever became of the agreement.
    private static async Task<IReadOnlyList<Address>> HoldersAsync(
        Session session, Address self, ErasedPlaces places, CancellationToken cancellation)
    {
        LlpcName llpc = new(new Address(places.Learner.Span), places.Verb);
        StateEvidence evidence = await session.Client.GetStateAsync(
            StateKeys.RangeCustody(llpc, self).Raw, cancellation).ConfigureAwait(false);
        return
        [
            .. RangeCustody.Parser.ParseFrom(evidence.Value).Copies.Select(
                static copy => new Address(copy.Custodian.Span)),
        ];
    }

    private static async Task<string?> AskAsync(
        LedgerClient client, ErasedPlaces places, ErasureReceipt receipt, CancellationToken cancellation)
    {
        try
        {
            receipt.Words.Add(
                await client.AcknowledgeErasureAsync(places, cancellation).ConfigureAwait(false));
            return null;
        }
        catch (LedgerClientException failure)
        {
            // Who is away, or still holds a copy, stays listed; the others are asked all the same.
            return failure.Message;
        }
    }
}
