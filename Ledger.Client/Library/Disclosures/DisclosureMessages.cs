using Ledger.Primitives;

namespace Ledger.Client.Disclosures;

/// <summary>What a learner signs when it shows records.</summary>
public static class DisclosureMessages
{
    /// <summary>
    /// H(disclosure, chain id, body): what is signed, and the id by which the disclosure is asked for and withdrawn.
    /// </summary>
    public static Hash256 IdOf(Hash256 chainId, ReadOnlySpan<byte> body)
    {
        HashBuilder builder = new(Tags.Disclosure, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(chainId);
        builder.Add(body);
        return builder.Finish();
    }
}
