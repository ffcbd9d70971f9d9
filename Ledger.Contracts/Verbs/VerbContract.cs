using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;

namespace Ledger.Contracts.Verbs;

/// <summary>
/// What members have decided about verbs becomes the next version of the registry. Rule K-150 of the protocol.
/// </summary>
internal static class VerbContract
{
    /// <summary>Makes a change that <see cref="VerbRules.Refusal"/> does not refuse.</summary>
    public static void Apply(BlockDraft draft, ChangeVerbs change, CallContext context)
    {
        VerbRegistry registry = draft.VerbRegistry();
        registry.Version++;
        registry.Verbs += (ulong)change.Add.Count;
        registry.Equivalences += (ulong)change.Join.Count;
        registry.Equivalences -= (ulong)change.Withdraw.Count;
        draft.Set(StateKeys.VerbRegistry, registry);
        foreach (VerbEntry verb in change.Add)
        {
            draft.Set(StateKeys.RegisteredVerb(verb.Code), new RegisteredVerb
            {
                Verb = verb, Version = registry.Version, Height = context.Height,
            });
            draft.Set(StateKeys.VerbClaim(verb.Iri), new VerbClaim { Code = verb.Code });
        }

        foreach (VerbPair pair in change.Withdraw)
        {
            Instances.Close(
                draft,
                StateKeys.Equivalences(pair),
                EquivalenceInstance.Parser,
                static instance => instance.Interval,
                context.Height);
        }

        foreach (VerbPair pair in change.Join)
        {
            Instances.Open(draft, StateKeys.Equivalences(pair), new EquivalenceInstance
            {
                Interval = Instances.From(context.Height), Pair = pair, Version = registry.Version,
            });
        }

        draft.Emit(new ContractEvent(ContractEventKind.VerbsChanged)
        {
            Actor = context.Actor, Number = registry.Version,
        });
    }
}
