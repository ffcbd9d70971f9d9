using System.Globalization;
using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Client.Verification;

/// <summary>That an operation of a transaction was decided, with its result.</summary>
internal static class ReceiptCheck
{
    public static void Run(Receipt receipt, TrustRoot trust, VerificationReport report)
    {
        if (!ProofVerifier.KnowsVersion(receipt.Version, report)
            || ChainCheck.Run(trust, receipt.Membership, receipt.Block, report) is not { } header)
        {
            return;
        }

        ParsedTransaction? transaction = ReadTransaction(receipt, trust, report);
        if (transaction is null || !CheckInclusion(receipt, header, transaction.Id, report))
        {
            return;
        }

        if (CanonicalMessage.TryParse(OperationResult.Parser, receipt.Result.Span, out OperationResult? result))
        {
            report.TransactionId = transaction.Id;
            report.Result = result;
            report.Pass(StepNames.Content, $"The ledger's answer to the operation is {result.Code}.");
        }
        else
        {
            report.Fail(StepNames.Content, "The operation's result cannot be read.");
        }
    }

    private static ParsedTransaction? ReadTransaction(Receipt receipt, TrustRoot trust, VerificationReport report)
    {
        byte[] signed = receipt.Transaction?.ToByteArray() ?? [];
        TransactionReading reading = TransactionReader.Read(signed, trust.ChainId, Ed25519Verifier.Instance);
        report.Check(
            reading.IsRead,
            StepNames.Signatures,
            string.Create(CultureInfo.InvariantCulture,
                $"All {reading.Transaction?.Signers.Count ?? 0} signers have signed transaction "
                    + $"{reading.Transaction?.Id}."),
            $"The transaction is not one that its signers signed ({reading.Refusal}).");
        return reading.Transaction;
    }

    private static bool CheckInclusion(Receipt receipt, BlockHeader header, Hash256 id, VerificationReport report)
    {
        if (receipt.Group >= TransactionLimits.GroupsMax || receipt.Operation >= TransactionLimits.OperationsMax)
        {
            report.Fail(StepNames.Inclusion, "No transaction has an operation at the place that the receipt names.");
            return false;
        }

        OperationPlace place = new(id, (int)receipt.Group, (int)receipt.Operation);
        return report.Check(
            ListProofs.Verify(header.ReceiptRoot, OperationReceipt.LeafOf(place, receipt.Result.Span), receipt.Path),
            StepNames.Inclusion,
            FormattableString.Invariant(
                $"Block {header.Height} holds this result of operation {receipt.Operation} in group {receipt.Group}."),
            FormattableString.Invariant($"Block {header.Height} does not hold this result of the operation."));
    }
}
