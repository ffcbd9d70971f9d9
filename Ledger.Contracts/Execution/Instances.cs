using Google.Protobuf;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Execution;

/// <summary>Opens and closes instances. Nothing is deleted or written over. Rule T-3 of the protocol.</summary>
internal static class Instances
{
    /// <summary>An interval from this height on, without end.</summary>
    public static Interval From(ulong height) => new() { FromHeight = height };

    /// <summary>Opens the next instance and gives its number. None may be open.</summary>
    public static ulong Open(BlockDraft draft, InstanceSeries series, IMessage instance)
    {
        Counter counter = draft.Find(series.Counter, Counter.Parser) ?? new Counter();
        Invariant.That(counter.Open == 0);
        counter.Count++;
        counter.Open = counter.Count;
        draft.Set(series.Counter, counter);
        draft.Set(series.At(counter.Count), instance);
        return counter.Count;
    }

    /// <summary>Closes the instance that is open at this height and gives its number, or 0 where none is.</summary>
    public static ulong Close<T>(
        BlockDraft draft, InstanceSeries series, MessageParser<T> parser, Func<T, Interval> intervalOf, ulong height)
        where T : class, IMessage<T>
    {
        Counter? counter = draft.Find(series.Counter, Counter.Parser);
        if (counter is null || counter.Open == 0)
        {
            return 0;
        }

        ulong number = counter.Open;
        T? instance = draft.Find(series.At(number), parser);
        Invariant.That(instance is not null);
        intervalOf(instance).ToHeight = height;
        counter.Open = 0;
        draft.Set(series.Counter, counter);
        draft.Set(series.At(number), instance);
        return number;
    }
}
