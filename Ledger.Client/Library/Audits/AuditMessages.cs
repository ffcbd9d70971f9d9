using Ledger.Primitives;

namespace Ledger.Client.Audits;

/// <summary>What an auditor signs.</summary>
internal static class AuditMessages
{
    /// <summary>H(audit-report, chain id, body).</summary>
    public static Hash256 Digest(Hash256 chainId, ReadOnlySpan<byte> body)
    {
        HashBuilder builder = new(Tags.AuditReport, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(chainId);
        builder.Add(body);
        return builder.Finish();
    }
}
