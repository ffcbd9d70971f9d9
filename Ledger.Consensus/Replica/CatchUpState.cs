using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>
/// Who claims to be ahead, whom not to ask, and decided blocks that wait for their turn. Rule C-17 of the protocol.
/// </summary>
internal sealed class CatchUpState
{
    /// <summary>Claims of members without a seat that are kept.</summary>
    private const int OutsidersMax = 64;

    private readonly SortedDictionary<Address, ulong> claims = [];
    private readonly SortedDictionary<Address, ulong> outsiders = [];
    private readonly SortedDictionary<Address, ulong> distrustedUntil = [];
    private readonly SortedDictionary<ulong, Input.CertifiedBlockReceived> waiting = [];
    private Address lastAsked;
    private ulong askAgainAt;
    private int asksWithoutProgress;
    private ulong taken;
    private ulong lastArrival;

    /// <summary>Notes that a validator claims to have committed a height; a claim only decides whom to ask.</summary>
    public void Note(Address validator, ulong committedHeight)
    {
        if (!claims.TryGetValue(validator, out ulong known) || known < committedHeight)
        {
            claims[validator] = committedHeight;
        }
    }

    /// <summary>
    /// Notes such a claim of a member without a seat: it is asked where no validator is ahead, or none that is has
    /// answered.
    /// </summary>
    public void NoteOutsider(Address member, ulong committedHeight)
    {
        if (outsiders.ContainsKey(member) || outsiders.Count < OutsidersMax)
        {
            outsiders[member] = committedHeight;
        }
    }

    /// <summary>Whether anybody who is not distrusted claims more than the head.</summary>
    public bool IsBehind(ulong headHeight, ulong now) =>
        IsAnyAhead(claims, headHeight, now) || IsAnyAhead(outsiders, headHeight, now);

    /// <summary>
    /// How far the head is behind what at least one honest validator has: the (f + 1)-th highest claim.
    /// </summary>
    public ulong BehindBy(ulong headHeight, int faultyMax)
    {
        List<ulong> heights = [.. claims.Values];
        heights.Sort();
        ulong known = heights.Count > faultyMax ? heights[heights.Count - 1 - faultyMax] : 0;
        return known > headHeight ? known - headHeight : 0;
    }

    /// <summary>Whether the wait for the last answer is over.</summary>
    public bool MayAsk(ulong now) => now >= askAgainAt;

    /// <summary>
    /// Whether blocks of the last answer were used and no more are to be expected: a portion was full, or a while has
    /// passed since one came.
    /// </summary>
    public bool IsAnswerUsedUp(ulong now) =>
        taken >= IPeers.PortionBlocks || (taken > 0 && now - lastArrival >= Ticks.AnswerPause);

    /// <summary>The head has moved: somebody answers in time.</summary>
    public void NoteProgress()
    {
        asksWithoutProgress = 0;
        askAgainAt = 0;
    }

    /// <summary>
    /// The next validator to ask, in turn, or null when there is none. What another one has sent is dropped, for it
    /// would stand in the way of the answer.
    /// </summary>
    public Address? Ask(ulong headHeight, ulong now)
    {
        taken = 0;
        if (Choose(headHeight, now) is not Address chosen)
        {
            return null;
        }

        if (chosen != lastAsked)
        {
            waiting.Clear();
        }

        lastAsked = chosen;
        askAgainAt = now + WaitForAnswer();
        asksWithoutProgress++;
        return chosen;
    }

    /// <summary>Stops asking a validator for a while, and drops what it sent.</summary>
    public void Distrust(Address validator, ulong now)
    {
        distrustedUntil[validator] = now + Ticks.DistrustAfterInvalid;
        claims.Remove(validator);
        outsiders.Remove(validator);
        if (validator == lastAsked)
        {
            waiting.Clear();
            taken = 0;
            askAgainAt = now;
        }
    }

    /// <summary>
    /// Keeps a block of the validator that was asked last until its height is in flight; that of any other could only
    /// displace it.
    /// </summary>
    public void Keep(Input.CertifiedBlockReceived block, ulong headHeight, ulong now)
    {
        ulong height = block.Block.Height;
        if (block.From == lastAsked
            && !IsDistrusted(lastAsked, now)
            && height > headHeight
            && height - headHeight <= IPeers.PortionBlocks)
        {
            lastArrival = now;
            waiting.TryAdd(height, block);
        }
    }

    /// <summary>Takes the block of a height out, or null when there is none.</summary>
    public Input.CertifiedBlockReceived? Take(ulong height)
    {
        if (waiting.Remove(height, out Input.CertifiedBlockReceived? block))
        {
            taken++;
        }

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

        ImmutableArray<Address> others = [.. outsiders.Keys];
        foreach (Address member in others)
        {
            if (outsiders[member] <= headHeight)
            {
                outsiders.Remove(member);
            }
        }
    }

    private bool IsAnyAhead(SortedDictionary<Address, ulong> claimed, ulong headHeight, ulong now)
    {
        foreach ((Address member, ulong claim) in claimed)
        {
            if (claim > headHeight && !IsDistrusted(member, now))
            {
                return true;
            }
        }

        return false;
    }

    private Address? Choose(ulong headHeight, ulong now)
    {
        if (asksWithoutProgress < claims.Count && Choose(claims, headHeight, now) is Address validator)
        {
            return validator;
        }

        SortedDictionary<Address, ulong> all = new(claims);
        foreach ((Address member, ulong claim) in outsiders)
        {
            all.TryAdd(member, claim);
        }

        return Choose(all, headHeight, now);
    }

    private Address? Choose(SortedDictionary<Address, ulong> claimed, ulong headHeight, ulong now)
    {
        Address? first = null;
        foreach ((Address validator, ulong claim) in claimed)
        {
            if (claim <= headHeight || IsDistrusted(validator, now))
            {
                continue;
            }

            first ??= validator;
            if (validator.CompareTo(lastAsked) > 0)
            {
                return validator;
            }
        }

        return first;
    }

    // Answers that always take longer than the wait would each come when another is asked already.
    private ulong WaitForAnswer()
    {
        int wait = Ticks.AnswerWait;
        for (int ask = 0; ask < asksWithoutProgress && wait < Ticks.AnswerWaitMax; ask++)
        {
            wait *= 2;
        }

        return (ulong)Math.Min(wait, Ticks.AnswerWaitMax);
    }

    private bool IsDistrusted(Address validator, ulong now) =>
        distrustedUntil.TryGetValue(validator, out ulong until) && now < until;
}
