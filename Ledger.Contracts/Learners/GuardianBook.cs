using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Registrar;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Learners;

/// <summary>Opens and closes guardianships, and keeps the guardian's key and count, and the queue, with them.</summary>
internal static class GuardianBook
{
    /// <summary>Opens a guardianship that was found right, and gives its number.</summary>
    public static ulong Open(BlockDraft draft, GuardianAppoint call, CallContext context)
    {
        Address guardian = call.Guardian.ToAddress();
        Address learner = call.Learner.ToAddress();
        Enter(draft, guardian, context);
        InstanceSeries series = LearnerKeys.Guardianships(learner);
        ulong number = Instances.Open(draft, series, new Guardianship
        {
            Interval = new Interval { FromHeight = context.Height, EndUnixMs = call.UntilUnixMs },
            Guardian = call.Guardian,
            Institution = call.Institution,
        });
        draft.Schedule(new ExpiryEntry(call.UntilUnixMs, series.At(number)));
        draft.Set(LearnerKeys.Ward(guardian, learner), new Ward { Guardianship = number });
        return number;
    }

    /// <summary>Closes the guardianship that is open, in time or not, and gives its number; 0 where none is.</summary>
    public static ulong Close(
        BlockDraft draft, Address learner, ContractEventKind kind, Address? actor, ulong height)
    {
        InstanceSeries series = LearnerKeys.Guardianships(learner);
        Guardianship? open = draft.OpenInstance(series, Guardianship.Parser);
        if (open is null)
        {
            return 0;
        }

        ulong number = Instances.Close(draft, series, Guardianship.Parser, static value => value.Interval, height);
        draft.Unschedule(new ExpiryEntry(open.Interval.EndUnixMs, series.At(number)));
        Address guardian = open.Guardian.ToAddress();
        Guardian known = draft.Guardian(guardian)!;
        known.Wards--;
        draft.Set(LearnerKeys.Guardian(guardian), known);
        draft.Emit(new ContractEvent(kind)
        {
            Actor = actor,
            Learner = learner,
            Subject = guardian,
            Number = number,
        });
        return number;
    }

    /// <summary>Closes a guardianship that has ended by time.</summary>
    public static void Expire(BlockDraft draft, ExpiryEntry entry, ulong height)
    {
        Address learner = new(entry.Key.Raw.Span.Slice(1, Address.Size));
        ulong number = Close(draft, learner, ContractEventKind.GuardianExpired, null, height);
        Invariant.That(LearnerKeys.Guardianships(learner).At(number).Equals(entry.Key));
    }

    // A guardian need not be known to the ledger before: its first key is opened with its first ward.
    private static void Enter(BlockDraft draft, Address guardian, CallContext context)
    {
        if (draft.CurrentKey(guardian) is null)
        {
            KeyBook.OpenFirst(draft, guardian, context.KeyOf(guardian)!.Value, context.Height, context.TimeUnixMs);
        }

        Guardian known = draft.Guardian(guardian) ?? new Guardian { SinceHeight = context.Height };
        known.Wards++;
        draft.Set(LearnerKeys.Guardian(guardian), known);
    }
}
