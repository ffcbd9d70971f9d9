using System.Buffers.Binary;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Custody;

/// <summary>
/// Opens and closes agreements, and keeps with them what hangs on them: the client's list of custodians and the queue
/// of end times.
/// </summary>
internal static class CustodyBook
{
    /// <summary>Opens an offer, and gives its number.</summary>
    public static ulong Open(BlockDraft draft, CustodyAgreement offer)
    {
        Address client = offer.Client.ToAddress();
        Address provider = offer.Provider.ToAddress();
        InstanceSeries series = StateKeys.CustodyAgreements(client, provider);
        ulong number = Instances.Open(draft, series, offer);
        draft.Schedule(new ExpiryEntry(offer.Interval.EndUnixMs, series.At(number)));
        StateKey party = StateKeys.CustodyParty(provider, client);
        if (!draft.TryGet(party, out _))
        {
            draft.Set(party, new CustodyParty { SinceHeight = offer.Interval.FromHeight });
        }

        return number;
    }

    /// <summary>An offer becomes an agreement without an end.</summary>
    public static void Accept(BlockDraft draft, CustodyAgreement agreement, ulong number, ulong height)
    {
        Address client = agreement.Client.ToAddress();
        Address provider = agreement.Provider.ToAddress();
        SetEnd(draft, agreement, number, 0);
        agreement.AcceptedHeight = height;
        draft.Set(StateKeys.CustodyAgreements(client, provider).At(number), agreement);
        CustodyClient list = draft.CustodyClient(client);
        list.Custodians.Add(new Custodian { Provider = agreement.Provider, Agreement = number });
        draft.Set(StateKeys.CustodyClient(client), list);
    }

    /// <summary>An agreement ends at this time.</summary>
    public static void GiveNotice(BlockDraft draft, CustodyAgreement agreement, ulong number, long endUnixMs) =>
        SetEnd(draft, agreement, number, endUnixMs);

    /// <summary>Closes an offer or agreement that is open.</summary>
    public static void Close(BlockDraft draft, CustodyAgreement agreement, ulong number, ulong height)
    {
        Address client = agreement.Client.ToAddress();
        InstanceSeries series = StateKeys.CustodyAgreements(client, agreement.Provider.ToAddress());
        if (agreement.Interval.EndUnixMs != 0)
        {
            draft.Unschedule(new ExpiryEntry(agreement.Interval.EndUnixMs, series.At(number)));
        }

        ulong closed = Instances.Close(
            draft, series, CustodyAgreement.Parser, static value => value.Interval, height);
        Invariant.That(closed == number);
        if (agreement.AcceptedHeight != 0)
        {
            CustodyClient list = draft.CustodyClient(client);
            list.Custodians.Remove(list.Custodians.First(one => one.Provider == agreement.Provider));
            draft.Set(StateKeys.CustodyClient(client), list);
        }
    }

    /// <summary>Closes what has ended by time, where it still stands in the way of something new.</summary>
    public static void CloseEnded(
        BlockDraft draft, Address client, Address provider, CallContext context)
    {
        InstanceSeries series = StateKeys.CustodyAgreements(client, provider);
        CustodyAgreement? open = draft.OpenInstance(series, CustodyAgreement.Parser);
        if (open is not null && CustodyRules.HasEnded(open, context.TimeUnixMs))
        {
            Close(draft, open, draft.OpenNumber(series), context.Height);
        }
    }

    /// <summary>Closes an offer or agreement whose time is over, at the start of a block.</summary>
    public static void Expire(BlockDraft draft, ExpiryEntry entry, ulong height)
    {
        CustodyAgreement? agreement = draft.Find(entry.Key, CustodyAgreement.Parser);
        Invariant.That(agreement is not null);
        ulong number = BinaryPrimitives.ReadUInt64BigEndian(entry.Key.Raw.Span[^sizeof(ulong)..]);
        Close(draft, agreement, number, height);
        draft.Emit(EventOf(ContractEventKind.CustodyEnded, agreement, number));
    }

    /// <summary>An event of an agreement: the provider is its subject.</summary>
    public static ContractEvent EventOf(ContractEventKind kind, CustodyAgreement agreement, ulong number) => new(kind)
    {
        Client = agreement.Client.ToAddress(),
        Subject = agreement.Provider.ToAddress(),
        Number = number,
    };

    private static void SetEnd(BlockDraft draft, CustodyAgreement agreement, ulong number, long endUnixMs)
    {
        StateKey key = StateKeys.CustodyAgreements(agreement.Client.ToAddress(), agreement.Provider.ToAddress())
            .At(number);
        if (agreement.Interval.EndUnixMs != 0)
        {
            draft.Unschedule(new ExpiryEntry(agreement.Interval.EndUnixMs, key));
        }

        agreement.Interval.EndUnixMs = endUnixMs;
        draft.Set(key, agreement);
        if (endUnixMs != 0)
        {
            draft.Schedule(new ExpiryEntry(endUnixMs, key));
        }
    }
}
