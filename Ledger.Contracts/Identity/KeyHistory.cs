using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Identity;

/// <summary>
/// Every signing key that an address has had: which one was valid at a height or at a time. Made of the counter and the
/// instances alone, each of which has its proof at the newest root, so that whoever holds these proofs needs no node.
/// Rule K-62 of the protocol.
/// </summary>
public sealed class KeyHistory
{
    private readonly IReadOnlyList<KeyInstance> keys;

    private KeyHistory(IReadOnlyList<KeyInstance> keys)
    {
        this.keys = keys;
    }

    /// <summary>The keys in ascending order of number, which begins with 1.</summary>
    public IReadOnlyList<KeyInstance> Keys => keys;

    /// <summary>The history of an address as a state holds it; empty for one that it does not know.</summary>
    public static KeyHistory Of(IStateView state, Address owner) =>
        new(state.Instances(StateKeys.SigningKeys(owner), KeyInstance.Parser));

    /// <summary>
    /// A history from values that were proved one by one; null where they are not all of them, or no history: each key
    /// begins no earlier than the one before it ended, and only the last one may be open.
    /// </summary>
    public static KeyHistory? From(Counter counter, IReadOnlyList<KeyInstance> proved)
    {
        if (counter.Count != (ulong)proved.Count)
        {
            return null;
        }

        for (int place = 0; place < proved.Count; place++)
        {
            KeyInstance key = proved[place];
            if (!IsWhole(key))
            {
                return null;
            }

            bool isOpen = key.Interval.ToHeight == 0;
            bool isLast = place == proved.Count - 1;
            bool follows = place == 0 || (proved[place - 1].ClosedUnixMs <= key.OpenedUnixMs
                && proved[place - 1].Interval.ToHeight <= key.Interval.FromHeight);
            bool shouldBeOpen = isLast && counter.Open == counter.Count;
            if (isOpen != shouldBeOpen || !follows)
            {
                return null;
            }
        }

        return new KeyHistory(proved);
    }

    /// <summary>The key with which the address signs after the block at this height; null where it had none.</summary>
    public PublicKeyBytes? AtHeight(ulong height) => Single(key =>
        key.Interval.FromHeight <= height && (key.Interval.ToHeight == 0 || height < key.Interval.ToHeight));

    /// <summary>
    /// The key with which the address signs at a time in ms since 1970-01-01 UTC; null where it had none. A key is
    /// valid from the time of the block that opened it until just before that of the block that closed it.
    /// </summary>
    public PublicKeyBytes? AtTime(long unixMs) => Single(key =>
        key.OpenedUnixMs <= unixMs && (key.ClosedUnixMs == 0 || unixMs < key.ClosedUnixMs));

    /// <summary>
    /// Whether a signature over the digest of something that bears a date, in ms since 1970-01-01 UTC, is by the key
    /// that was valid at that date. A key that was rotated away since is as good as it was. The date is the signer's
    /// word: where a former key may have come into wrong hands, only what was anchored before its end is beyond doubt.
    /// </summary>
    public bool Verifies(Hash256 digest, ReadOnlySpan<byte> signature, long datedUnixMs, ISignatureVerifier verifier) =>
        AtTime(datedUnixMs) is { } key && verifier.Verify(key, digest, signature);

    private static bool IsWhole(KeyInstance key) =>
        key.Interval is not null
        && key.PublicKey.Length == PublicKeyBytes.Size
        && (key.Interval.ToHeight == 0) == (key.ClosedUnixMs == 0)
        && (key.ClosedUnixMs == 0 || key.OpenedUnixMs <= key.ClosedUnixMs);

    private PublicKeyBytes? Single(Func<KeyInstance, bool> isValid)
    {
        KeyInstance? found = keys.FirstOrDefault(isValid);
        return found is null ? null : new PublicKeyBytes(found.PublicKey.Span);
    }
}
