using Ledger.Node.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>What a validator signs when a box asks how far it is. Rule F-1 of the protocol.</summary>
public static class FreshAnswerRules
{
    /// <summary>
    /// H(fresh-read, chain id, epoch, nonce, height, head hash, highest height for which a commit vote was signed).
    /// </summary>
    public static Hash256 Digest(Hash256 chainId, FreshAnswer answer)
    {
        HashBuilder builder = new(Tags.FreshRead, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(chainId);
        builder.Add(answer.Epoch);
        builder.Add(answer.Nonce.Span);
        builder.Add(answer.Height);
        builder.Add(answer.HeadHash.Span);
        builder.Add(answer.CommitSignedHeight);
        return builder.Finish();
    }
}
