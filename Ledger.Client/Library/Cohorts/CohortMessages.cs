using Ledger.Primitives;

namespace Ledger.Client.Cohorts;

/// <summary>What askers and boxes sign of counts.</summary>
public static class CohortMessages
{
    /// <summary>H(cohort-request, chain id, body): what the asker signs; it stands in the answer.</summary>
    public static Hash256 RequestDigest(Hash256 chainId, ReadOnlySpan<byte> body) =>
        Digest(Tags.CohortRequest, chainId, body);

    /// <summary>H(cohort-answer, chain id, body): what the box signs.</summary>
    public static Hash256 AnswerDigest(Hash256 chainId, ReadOnlySpan<byte> body) =>
        Digest(Tags.CohortAnswer, chainId, body);

    private static Hash256 Digest(ReadOnlySpan<byte> tag, Hash256 chainId, ReadOnlySpan<byte> body)
    {
        HashBuilder builder = new(tag, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(chainId);
        builder.Add(body);
        return builder.Finish();
    }
}
