using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.LearnerProvider;

/// <summary>
/// The LLPCs and writers of a block. Those of a transaction are searched for side by side before it runs: a search
/// waits for memory most of the time.
/// </summary>
internal sealed class WriterPlaces(BlockDraft draft, ulong seed)
{
    /// <summary>So many are searched for at once.</summary>
    private const int SideBySide = BlockDraft.SideBySideMax / WriterPlace.ValuesCount;

    private readonly StateKey[] keys = new StateKey[SideBySide * WriterPlace.ValuesCount];
    private readonly DraftValue[] values = new DraftValue[SideBySide * WriterPlace.ValuesCount];
    private readonly WriterPlace[] waiting = new WriterPlace[SideBySide];
    private readonly TableSlots<WriterPlace> slots = new();
    private readonly TableSlots<WriterStanding> standings = new();
    private readonly Queue<(LlpcInsert Call, WriterPlace Place)> expected = new();
    private int waitingCount;

    /// <summary>What the block knows of the LLPC and the writer of an insertion.</summary>
    public WriterPlace Of(LlpcInsert call, Address writer)
    {
        WriterPlace place = ExpectedFor(call) ?? Find(draft.NameOf(call.Learner, call.Verb), writer);
        if (!place.IsKnown)
        {
            Search();
        }

        return place;
    }

    /// <summary>Says that an insertion will run, in the order in which they do. Not all must.</summary>
    public void Expect(LlpcInsert call, Address writer) =>
        expected.Enqueue((call, Find(draft.NameOf(call.Learner, call.Verb), writer)));

    /// <summary>Gives the memory back.</summary>
    public void Release()
    {
        slots.Release();
        standings.Release();
    }

    // Those before it did not run.
    private WriterPlace? ExpectedFor(LlpcInsert call)
    {
        while (expected.TryDequeue(out (LlpcInsert Call, WriterPlace Place) next))
        {
            if (ReferenceEquals(next.Call, call))
            {
                return next.Place;
            }
        }

        return null;
    }

    private WriterPlace Find(LlpcName llpc, Address writer)
    {
        ulong mix = Mix(llpc, writer);
        for (int at = slots.First(mix); slots[at].Entry is { } known; at = slots.Next(at))
        {
            if (slots[at].Mix == mix && known.Is(llpc, writer))
            {
                return known;
            }
        }

        WriterPlace added = new(new RecordsName(llpc, writer), StandingOf(llpc.Learner, writer));
        slots.Add(mix, added);
        waiting[waitingCount++] = added;
        if (waitingCount == SideBySide)
        {
            Search();
        }

        return added;
    }

    private WriterStanding StandingOf(Address learner, Address writer)
    {
        ulong mix = Mix(Mix(seed, learner.Value), writer.Value);
        for (int at = standings.First(mix); standings[at].Entry is { } known; at = standings.Next(at))
        {
            if (standings[at].Mix == mix && known.Learner == learner && known.Writer == writer)
            {
                return known;
            }
        }

        WriterStanding added = new(
            learner,
            writer,
            draft.Load(StateKeys.Enrolments(learner, writer).Counter),
            draft.Load(LearnerKeys.OptOuts(learner).Counter));
        standings.Add(mix, added);
        return added;
    }

    private void Search()
    {
        int length = waitingCount * WriterPlace.ValuesCount;
        for (int place = 0; place < waitingCount; place++)
        {
            waiting[place].NameKeys(keys.AsSpan(place * WriterPlace.ValuesCount, WriterPlace.ValuesCount));
        }

        draft.Load(keys.AsSpan(0, length), values.AsSpan(0, length));
        for (int place = 0; place < waitingCount; place++)
        {
            waiting[place].Take(values.AsSpan(place * WriterPlace.ValuesCount, WriterPlace.ValuesCount));
        }

        waitingCount = 0;
    }

    private ulong Mix(LlpcName llpc, Address writer) =>
        Mix(Mix(Mix(seed, llpc.Learner.Value), llpc.VerbHash), writer.Value);

    // Addresses can be ground: see StateKey.
    private static ulong Mix(ulong before, in Hash256 part)
    {
        unchecked
        {
            ulong mixed = (before ^ part.Lead) * 0x9E3779B97F4A7C15;
            return mixed ^ (mixed >> 29);
        }
    }
}
