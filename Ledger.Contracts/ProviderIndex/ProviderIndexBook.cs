using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;
using Index = Ledger.Contracts.Protos.Index;

namespace Ledger.Contracts.ProviderIndex;

/// <summary>The entries of provider indexes, as their own contract and the grants of LLPCs keep them.</summary>
internal static class ProviderIndexBook
{
    public static IndexEntry? OpenEntry(IStateView state, LlpcName llpc, Address provider) =>
        state.OpenInstance(StateKeys.ProviderIndexEntries(provider, llpc), IndexEntry.Parser);

    /// <summary>Opens an entry, for a grant or for the provider itself (grant 0), and gives its number.</summary>
    public static ulong Open(BlockDraft draft, LlpcName llpc, Address provider, ulong grant, ulong height)
    {
        ulong number = Instances.Open(draft, StateKeys.ProviderIndexEntries(provider, llpc), new IndexEntry
        {
            Interval = Instances.From(height),
            Learner = llpc.Learner.ToField(),
            Verb = llpc.Verb,
            Provider = provider.ToField(),
            Grant = grant,
        });

        Index index = draft.ProviderIndex(provider)!;
        index.Entries++;
        StateKey party = StateKeys.ProviderIndexLearner(provider, llpc.Learner);
        if (!draft.TryGet(party, out _))
        {
            index.Parties++;
            draft.Set(party, new IndexParty { SinceHeight = height });
        }

        draft.Set(StateKeys.ProviderIndex(provider), index);
        draft.Emit(ContractEvent.Of(ContractEventKind.ProviderIndexEntered, llpc) with
        {
            Subject = provider,
            Number = number,
        });
        return number;
    }

    /// <summary>Closes the entry that is open.</summary>
    public static void Close(BlockDraft draft, LlpcName llpc, Address provider, ulong height)
    {
        InstanceSeries series = StateKeys.ProviderIndexEntries(provider, llpc);
        ulong number = Instances.Close(draft, series, IndexEntry.Parser, static value => value.Interval, height);
        Invariant.That(number != 0);
        Index index = draft.ProviderIndex(provider)!;
        index.Entries--;
        draft.Set(StateKeys.ProviderIndex(provider), index);
    }
}
