using Ledger.Contracts.Execution;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.LearnerProvider;

/// <summary>
/// What a block knows of an LLPC and a writer: the values that each insertion of its records looks at. They are there
/// once they were searched for.
/// </summary>
internal sealed class WriterPlace(RecordsName name, WriterStanding standing)
{
    private DraftValue? ofLlpc;
    private DraftValue? ofLearner;
    private DraftValue? ofProvider;
    private DraftValue? ofRange;

    /// <summary>How many values there are.</summary>
    public const int ValuesCount = 4;

    /// <summary>Whether the values were searched for.</summary>
    public bool IsKnown => ofRange is not null;

    /// <summary>The LLPC and the writer.</summary>
    public RecordsName Name { get; } = name;

    /// <summary>What the writer's right rests on.</summary>
    public WriterStanding Standing { get; } = standing;

    /// <summary>The LLPC's value.</summary>
    public DraftValue Llpc => ofLlpc!;

    /// <summary>The counter of the writer's entries in the learner's index.</summary>
    public DraftValue LearnerEntries => ofLearner!;

    /// <summary>The counter of the LLPC's entries in the writer's index.</summary>
    public DraftValue ProviderEntries => ofProvider!;

    /// <summary>The writer's records.</summary>
    public DraftValue Range => ofRange!;

    /// <summary>Whether it is that of this LLPC and writer.</summary>
    public bool Is(LlpcName otherLlpc, Address otherWriter) => 
        Name.Writer == otherWriter && Name.Llpc.Equals(otherLlpc);

    /// <summary>The keys of the values, in their order.</summary>
    public void NameKeys(Span<StateKey> keys)
    {
        (LlpcName llpc, Address writer) = (Name.Llpc, Name.Writer);
        keys[0] = StateKeys.Llpc(llpc);
        keys[1] = StateKeys.UserIndexEntries(llpc, writer).Counter;
        keys[2] = StateKeys.ProviderIndexEntries(writer, llpc).Counter;
        keys[3] = StateKeys.RecordRange(llpc, writer);
    }

    /// <summary>Takes the values of its keys.</summary>
    public void Take(ReadOnlySpan<DraftValue> values)
    {
        ofLlpc = values[0];
        ofLearner = values[1];
        ofProvider = values[2];
        ofRange = values[3];
    }
}
