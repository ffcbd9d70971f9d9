using Ledger.Primitives;

namespace Ledger.Client.Boxes;

/// <summary>What readers and boxes sign.</summary>
public static class BoxMessages
{
    /// <summary>
    /// H(BoxRequest tag, chain id, body): what the reader signs, and what stands for the request in the answer.
    /// </summary>
    public static Hash256 RequestDigest(Hash256 chainId, ReadOnlySpan<byte> body)
    {
        HashBuilder builder = new(Tags.BoxRequest, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(chainId);
        builder.Add(body);
        return builder.Finish();
    }

    /// <summary>H(BoxAnswer tag, chain id, request digest, bundle): what the box signs.</summary>
    public static Hash256 AnswerDigest(Hash256 chainId, Hash256 requestDigest, ReadOnlySpan<byte> bundle)
    {
        HashBuilder builder = new(Tags.BoxAnswer, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(chainId);
        builder.Add(requestDigest);
        builder.Add(bundle);
        return builder.Finish();
    }
}
