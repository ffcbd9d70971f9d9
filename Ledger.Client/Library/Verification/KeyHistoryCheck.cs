using Google.Protobuf;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Verification;

/// <summary>
/// Makes a key history of proofs: the counter and every instance, each verified, all of one state. Needs no node.
/// </summary>
public static class KeyHistoryCheck
{
    /// <summary>
    /// The history; null where a proof does not verify, one is missing, or they are of different blocks.
    /// </summary>
    public static KeyHistory? Verify(
        Address owner, StateEvidence counterProof, IReadOnlyList<StateEvidence> keyProofs, TrustRoot trust)
    {
        InstanceSeries series = StateKeys.SigningKeys(owner);
        if (Read(counterProof, series.Counter, trust, Counter.Parser) is not { } counter)
        {
            return null;
        }

        List<KeyInstance> keys = [];
        foreach (StateEvidence proof in keyProofs)
        {
            bool sameState = proof.Block.Equals(counterProof.Block);
            if (!sameState || Read(proof, series.At((ulong)keys.Count + 1), trust, KeyInstance.Parser) is not { } key)
            {
                return null;
            }

            keys.Add(key);
        }

        return KeyHistory.From(counter, keys);
    }

    private static T? Read<T>(StateEvidence evidence, StateKey key, TrustRoot trust, MessageParser<T> parser)
        where T : class, IMessage<T>, new()
    {
        bool holds = evidence.Key.Span.SequenceEqual(key.Raw.Span)
            && ProofVerifier.Verify(new ProofFile { State = evidence }.ToByteArray(), trust).Verdict == Verdict.Passed;
        return holds && CanonicalMessage.TryParse(parser, evidence.Value.Span, out T? value) ? value : null;
    }
}
