using System.CommandLine;
using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Receipts: proofs that an operation was decided.</summary>
internal static class ReceiptCommands
{
    public static Command Create(CommandHost host) =>
        CommandHost.Noun("receipt", "Receipts: proofs that an operation was decided.", Get(host), Show(host));

    private static Command Get(CommandHost host)
    {
        Argument<string> id = new("TRANSACTION") { Description = "Its id, 64 hexadecimal digits." };
        Option<uint> group = new("--group") { Description = "Place of the group." };
        Option<uint> operation = new("--operation") { Description = "Place of the operation in the group." };
        Option<string> output = new("--out") { Description = "Where to write it.", HelpName = "FILE", Required = true };
        return host.Verb(
            "get",
            "Fetches a receipt and saves it; verify it with: ledger verify FILE",
            "ledger receipt get 7d1e… --out receipt.proof",
            [id, group, operation, output],
            async (session, cancellation) =>
            {
                Receipt receipt = await session.Client.GetReceiptAsync(
                    Ids.Read(session.Required(id)), session.Get(group), session.Get(operation), cancellation)
                        .ConfigureAwait(false);
                AtomicFile.Write(
                    session.Required(output), new ProofFile { Receipt = receipt }.ToByteArray(), overwrite: false);
                return new Answer()
                    .Field("file", session.Required(output))
                    .Note($"Verify it with: ledger verify {session.Required(output)}");
            });
    }

    private static Command Show(CommandHost host)
    {
        Argument<string> file = new("FILE") { Description = "A receipt." };
        return host.Verb(
            "show", "Shows what a receipt says, without verifying it.", "ledger receipt show receipt.proof", [file],
                session =>
            {
                if (!CanonicalMessage.TryParse(
                        ProofFile.Parser, File.ReadAllBytes(session.Required(file)), out ProofFile? proof)
                    || proof.Receipt?.Transaction is not { } signed
                    || !CanonicalMessage.TryParse(TransactionBody.Parser, signed.Body.Span, out TransactionBody? body)
                    || !CanonicalMessage.TryParse(
                        OperationResult.Parser, proof.Receipt.Result.Span, out OperationResult? result)
                    || proof.Receipt.Group >= (uint)body.Groups.Count
                    || proof.Receipt.Operation >= (uint)body.Groups[(int)proof.Receipt.Group].Operations.Count)
                {
                    throw CommandException.WrongUse($"{session.Required(file)} is not a receipt.");
                }

                Operation operation = body.Groups[(int)proof.Receipt.Group].Operations[(int)proof.Receipt.Operation];
                Hash256 chainId =
                    TaggedHash.Of(Tags.Genesis, (proof.Receipt.Membership ?? new MembershipChain()).Genesis.Span);
                return new Answer()
                    .Field("chain id", chainId.ToString())
                    .Field("transaction", TransactionId.Of(chainId, signed.Body.Span).ToString())
                    .Field("group", proof.Receipt.Group)
                    .Field("operation", proof.Receipt.Operation)
                    .Field("asked to", OperationText.Describe(operation))
                    .Field("result", Names.Of(result.Code))
                    .Note($"Not verified. Verify it with: ledger verify {session.Required(file)}");
            });
    }
}
