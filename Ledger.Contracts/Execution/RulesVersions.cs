using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Execution;

/// <summary>
/// Which version of the rules a block is executed by. A change of rules is a new version, so that an old chain gives
/// the same roots for ever. Rule K-20 of the protocol.
/// </summary>
public static class RulesVersions
{
    /// <summary>The rules with which every chain begins.</summary>
    public const uint First = 1;

    /// <summary>Records can be erased: <c>LlpcErase</c>.</summary>
    public const uint Erasure = 2;

    /// <summary>The newest rules that this program knows.</summary>
    public const uint Newest = Erasure;

    /// <summary>From which version on there is a call.</summary>
    public static uint Since(Operation.CallOneofCase call) =>
        call == Operation.CallOneofCase.LlpcErase ? Erasure : First;

    /// <summary>The version that was in force in the block of this state.</summary>
    public static uint Active(IStateView state) =>
        state.OpenInstance(StateKeys.Rules, RulesInstance.Parser)?.Version ?? First;

    /// <summary>
    /// The version for the block at this height on this parent's state: a decided one is in force from the first block
    /// at or after its height whose parent has q announcements of it by seats.
    /// </summary>
    public static uint InForce(IStateView parent, ulong height)
    {
        RulesPlan? plan = parent.Find(StateKeys.RulesPlan, RulesPlan.Parser);
        return plan is { Version: > 0 } && height >= plan.Height && IsAnnounced(parent, plan.Version)
            ? plan.Version
            : Active(parent);
    }

    /// <summary>Writes down what the block is the first to be executed by.</summary>
    internal static void Open(BlockDraft draft, uint version, ulong height)
    {
        if (version == Active(draft))
        {
            return;
        }

        Instances.Close(draft, StateKeys.Rules, RulesInstance.Parser, static value => value.Interval, height);
        Instances.Open(draft, StateKeys.Rules, new RulesInstance
        {
            Interval = Instances.From(height),
            Version = version,
        });
        draft.Set(StateKeys.RulesPlan, new RulesPlan());
        draft.Emit(new ContractEvent(ContractEventKind.RulesUpgraded) { Number = version });
    }

    private static bool IsAnnounced(IStateView parent, uint version)
    {
        IReadOnlyList<ValidatorSeat> seats = ValidatorSeat.Of(parent);
        int ready = seats.Count(seat => version <=
            (parent.Find(StateKeys.VersionAnnouncement(seat.Address), VersionAnnouncement.Parser)?.Version ?? First));
        return ready >= Quorum.Size(seats.Count);
    }
}
