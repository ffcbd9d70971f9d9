using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>
/// Who claims to be ahead, whom not to ask, and decided blocks that wait for their turn. Rule C-17 of the protocol.
/// </summary>
internal sealed class CatchUpState
{
    /// <summary>Decided blocks that are kept ahead of the height in flight: a portion.</summary>
    public const ulong BlocksAheadMax = 64;

    private readonly SortedDictionary<Address, ulong> claims = [];
    private readonly SortedDictionary<Address, ulong> distrustedUntil = [];
    private readonly SortedDictionary<ulong, Input.CertifiedBlockReceived> waiting = [];
    private Address lastAsked;

    /// <summary>The tick before which no other validator is asked.</summary>
    public ulong AskAgainAt { get; set; }

    /// <summary>Notes that a validator claims to have committed a height; a claim only decides whom to ask.</summary>
    public void Note(Address validator, ulong committedHeight)
    {
        if (!claims.TryGetValue(validator, out ulong known) || known < committedHeight)
        {
            claims[validator] = committedHeight;
        }
    }

    /// <summary>Whether anybody who is not distrusted claims more than the head.</summary>
    public bool IsBehind(ulong headHeight, ulong now)
    {
        foreach ((Address validator, ulong claim) in claims)
        {
            if (claim > headHeight && !IsDistrusted(validator, now))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The next validator to ask, in turn, or null when there is none.</summary>
    public Address? Choose(ulong headHeight, ulong now)
    {
        Address? first = null;
        foreach ((Address validator, ulong claim) in claims)
        {
            if (claim <= headHeight || IsDistrusted(validator, now))
            {
                continue;
            }

            first ??= validator;
            if (validator.CompareTo(lastAsked) > 0)
            {
                lastAsked = validator;
                return validator;
            }
        }

        lastAsked = first ?? lastAsked;
        return first;
    }

    /// <summary>Stops asking a validator for a while, and drops what it sent.</summary>
    public void Distrust(Address validator, ulong now)
    {
        distrustedUntil[validator] = now + Ticks.DistrustAfterInvalid;
        claims.Remove(validator);
        ImmutableArray<ulong> heights = [.. waiting.Keys];
        foreach (ulong height in heights)
        {
            if (waiting[height].From == validator)
            {
                waiting.Remove(height);
            }
        }
    }

    /// <summary>Keeps a block until its height is in flight.</summary>
    public void Keep(Input.CertifiedBlockReceived block, ulong headHeight)
    {
        ulong height = block.Block.Height;
        if (height > headHeight && height - headHeight <= BlocksAheadMax)
        {
            waiting.TryAdd(height, block);
        }
    }

    /// <summary>Takes the block of a height out, or null when there is none.</summary>
    public Input.CertifiedBlockReceived? Take(ulong height)
    {
        waiting.Remove(height, out Input.CertifiedBlockReceived? block);
        return block;
    }

    /// <summary>Forgets blocks at or below the head, and claims of those that have no seat any more.</summary>
    public void Prune(ulong headHeight, ValidatorSet set)
    {
        ImmutableArray<ulong> heights = [.. waiting.Keys];
        foreach (ulong height in heights)
        {
            if (height <= headHeight)
            {
                waiting.Remove(height);
            }
        }

        ImmutableArray<Address> known = [.. claims.Keys];
        foreach (Address validator in known)
        {
            if (set.IndexOf(validator) < 0)
            {
                claims.Remove(validator);
            }
        }
    }

    private bool IsDistrusted(Address validator, ulong now) =>
        distrustedUntil.TryGetValue(validator, out ulong until) && now < until;
}
