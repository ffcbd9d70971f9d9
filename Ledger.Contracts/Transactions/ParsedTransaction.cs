using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Contracts.Transactions;

/// <summary>
/// A transaction whose form and signatures are right; only <see cref="TransactionReader"/> makes one. The body must not
/// be changed.
/// </summary>
public sealed class ParsedTransaction
{
    internal ParsedTransaction(
        TransactionEnvelope envelope,
        TransactionBody body,
        IReadOnlyList<TransactionSigner> signers,
        int operationCount,
        int signatureCount)
    {
        Id = envelope.Id;
        SignatureListHash = envelope.SignatureListHash;
        Leaf = envelope.Leaf;
        SignedBytes = envelope.SignedBytes;
        Body = body;
        Signers = signers;
        OperationCount = operationCount;
        RulesMin = body.Groups.Max(static group => group.Operations.Max(
            static operation => RulesVersions.Since(operation.CallCase)));
        SignatureCount = signatureCount;
    }

    /// <summary>What the signers signed.</summary>
    public Hash256 Id { get; }

    /// <summary>The hash of the signatures, kept with the id for as long as the id may come again.</summary>
    public Hash256 SignatureListHash { get; }

    /// <summary>What blocks and pools name.</summary>
    public Hash256 Leaf { get; }

    /// <summary>The envelope as received.</summary>
    public ReadOnlyMemory<byte> SignedBytes { get; }

    /// <summary>The body.</summary>
    public TransactionBody Body { get; }

    /// <summary>The signers in the body's order.</summary>
    public IReadOnlyList<TransactionSigner> Signers { get; }

    /// <summary>Operations of all groups.</summary>
    public int OperationCount { get; }

    /// <summary>The version of the rules that its newest call needs.</summary>
    public uint RulesMin { get; }

    /// <summary>Signatures that were checked: the signers' and those inside calls.</summary>
    public int SignatureCount { get; }

    /// <summary>The last block time, in ms since 1970-01-01 UTC, at which the transaction is valid.</summary>
    public long LastValidUnixMs => Body.LastValidUnixMs;
}
