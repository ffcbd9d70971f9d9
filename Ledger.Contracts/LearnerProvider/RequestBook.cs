using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.LearnerProvider;

/// <summary>
/// Opens and closes requests, and keeps with them what hangs on them: the LLPC's list of those that wait, the
/// requester's count and entries, the queue of end times.
/// </summary>
internal static class RequestBook
{
    /// <summary>Opens a request that was found right, and gives its number.</summary>
    public static ulong Open(BlockDraft draft, LlpcName name, RequestInstance request)
    {
        Llpc llpc = draft.Llpc(name)!;
        llpc.Requests++;
        llpc.Pending.Add(new PendingRequest { Number = llpc.Requests, Requester = request.Requester });
        draft.Set(StateKeys.Llpc(name), llpc);

        StateKey key = StateKeys.Request(name, llpc.Requests);
        draft.Set(key, request);
        draft.Schedule(new ExpiryEntry(request.Interval.EndUnixMs, key));

        Address requester = request.Requester.ToAddress();
        draft.Set(
            StateKeys.RequestEntry(requester, name, llpc.Requests),
            new RequestEntry { Verb = name.Verb, Height = request.Interval.FromHeight });
        draft.Set(StateKeys.Requester(requester), new Requester { Open = draft.OpenRequests(requester) + 1 });
        return llpc.Requests;
    }

    /// <summary>The request that waits under this number and has not ended by time, or null.</summary>
    public static RequestInstance? Waiting(IStateView state, LlpcName name, ulong number, long timeUnixMs)
    {
        RequestInstance? request = number == 0 ? null : state.Request(name, number);
        return request is { Interval.ToHeight: 0 } && timeUnixMs < request.Interval.EndUnixMs ? request : null;
    }

    /// <summary>
    /// The number of the requester's waiting request where these rights are all that it asked for, or 0.
    /// </summary>
    public static ulong CoveredBy(
        IStateView state, LlpcName name, Address requester, AccessBits granted, long timeUnixMs)
    {
        PendingRequest? pending =
            state.Llpc(name)!.Pending.FirstOrDefault(one => one.Requester.ToAddress() == requester);
        RequestInstance? request = pending is null ? null : Waiting(state, name, pending.Number, timeUnixMs);
        return request is not null && (request.Rights.ToBits() & ~granted) == 0 ? pending!.Number : 0;
    }

    /// <summary>Closes a request that waits.</summary>
    public static void Close(
        BlockDraft draft, LlpcName name, ulong number, RequestOutcome outcome, ulong grant, ulong height)
    {
        RequestInstance? request = draft.Request(name, number);
        Invariant.That(request is { Interval.ToHeight: 0 });
        StateKey key = StateKeys.Request(name, number);
        draft.Unschedule(new ExpiryEntry(request.Interval.EndUnixMs, key));
        request.Interval.ToHeight = height;
        request.Outcome = outcome;
        request.Grant = grant;
        draft.Set(key, request);

        Llpc llpc = draft.Llpc(name)!;
        llpc.Pending.Remove(llpc.Pending.First(pending => pending.Number == number));
        draft.Set(StateKeys.Llpc(name), llpc);

        Address requester = request.Requester.ToAddress();
        draft.Set(StateKeys.Requester(requester), new Requester { Open = draft.OpenRequests(requester) - 1 });
    }

    /// <summary>Closes a request that has ended by time.</summary>
    public static void Expire(BlockDraft draft, LlpcInstance instance, ulong height)
    {
        Close(draft, instance.Name, instance.Number, RequestOutcome.Expired, 0, height);
        RequestInstance request = draft.Request(instance.Name, instance.Number)!;
        draft.Emit(EventOf(ContractEventKind.RequestExpired, instance.Name, instance.Number, request));
    }

    /// <summary>
    /// Closes those of an LLPC whose time is over, where more had ended than a block closes: they hold no place any
    /// more.
    /// </summary>
    public static void ExpireDue(BlockDraft draft, LlpcName name, CallContext context)
    {
        ulong[] due =
        [
            .. draft.Llpc(name)!.Pending.Select(static pending => pending.Number)
                .Where(number => Waiting(draft, name, number, context.TimeUnixMs) is null),
        ];
        foreach (ulong number in due)
        {
            Expire(draft, new LlpcInstance(name, number), context.Height);
        }
    }

    /// <summary>An event about a request.</summary>
    public static ContractEvent EventOf(
        ContractEventKind kind, LlpcName name, ulong number, RequestInstance request) =>
        ContractEvent.Of(kind, name) with
        {
            Subject = request.Requester.ToAddress(),
            Number = number,
            Rights = request.Rights.ToBits(),
        };
}
