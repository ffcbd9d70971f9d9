using Google.Protobuf;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.ProviderIndex;
using Ledger.Contracts.State;
using Ledger.Contracts.UserIndex;
using Ledger.Primitives;
using Index = Ledger.Contracts.Protos.Index;

namespace Ledger.Contracts.LearnerProvider;

/// <summary>
/// Opens and closes grants, and keeps with them what hangs on them: the list of live grants, the queue of end times
/// and the grantee's index entries.
/// </summary>
internal static class GrantBook
{
    /// <summary>Opens a grant that was found right, and gives its number.</summary>
    public static ulong Open(BlockDraft draft, LlpcName name, LiveGrants live, GrantInstance grant, ulong height)
    {
        Llpc llpc = draft.Llpc(name)!;
        llpc.Grants++;
        draft.Set(StateKeys.Llpc(name), llpc);

        StateKey key = StateKeys.Grant(name, llpc.Grants);
        draft.Set(key, grant);
        live.Grants.Add(new LiveGrant { Number = llpc.Grants, Grant = grant });
        draft.Set(StateKeys.LiveGrants(name), live);
        if (grant.Interval.EndUnixMs != 0)
        {
            draft.Schedule(new ExpiryEntry(grant.Interval.EndUnixMs, key));
        }

        OpenEntries(draft, name, grant.Grantee.ToAddress(), llpc.Grants, height);
        return llpc.Grants;
    }

    /// <summary>Closes the chosen grants and everything under them, in ascending order of number.</summary>
    public static void Close(
        BlockDraft draft,
        LlpcName name,
        LiveGrants live,
        Func<LiveGrant, bool> isChosen,
        Func<LiveGrant, ContractEvent> eventOf,
        ulong height)
    {
        // A grant's number is higher than its parent's, so one pass in order finds all descendants.
        SortedSet<ulong> closing = [];
        foreach (LiveGrant candidate in live.Grants)
        {
            if (isChosen(candidate) || closing.Contains(candidate.Grant.Parent))
            {
                closing.Add(candidate.Number);
            }
        }

        List<LiveGrant> closed = [.. live.Grants.Where(candidate => closing.Contains(candidate.Number))];
        foreach (LiveGrant ended in closed)
        {
            ContractEvent told = eventOf(ended);
            live.Grants.Remove(ended);
            CloseOne(draft, name, ended, EndingOf(told, isChosen(ended) ? 0 : ended.Grant.Parent, draft), height);
            draft.Emit(told);
        }

        draft.Set(StateKeys.LiveGrants(name), live);
        SortedSet<Address> grantees = [.. closed.Select(static ended => ended.Grant.Grantee.ToAddress())];
        foreach (Address grantee in grantees)
        {
            CloseUnsupportedEntries(draft, name, live, grantee, height);
        }
    }

    /// <summary>Closes a grant that has ended by time.</summary>
    public static void Expire(BlockDraft draft, LlpcInstance grant, ulong height) =>
        Close(
            draft,
            grant.Name,
            draft.LiveGrants(grant.Name),
            live => live.Number == grant.Number,
            live => EventOf(ContractEventKind.AccessExpired, grant.Name, live),
            height);

    /// <summary>The event that a grant has ended.</summary>
    public static ContractEvent EventOf(ContractEventKind kind, LlpcName name, LiveGrant live) =>
        ContractEvent.Of(kind, name) with
        {
            Subject = live.Grant.Grantee.ToAddress(),
            Number = live.Number,
            Rights = live.Grant.Rights.ToBits(),
        };

    /// <summary>
    /// Closes a grantee's entries that were made for a grant and that no open grant supports any more. An institution's
    /// own entries stay.
    /// </summary>
    private static void CloseUnsupportedEntries(
        BlockDraft draft, LlpcName name, LiveGrants live, Address grantee, ulong height)
    {
        if (live.Grants.Any(other => other.Grant.Grantee.ToAddress() == grantee))
        {
            return;
        }

        if (UserIndexBook.OpenEntry(draft, name, grantee)?.Grant > 0)
        {
            UserIndexBook.Close(draft, name, grantee, height);
        }

        if (ProviderIndexBook.OpenEntry(draft, name, grantee)?.Grant > 0)
        {
            ProviderIndexBook.Close(draft, name, grantee, height);
        }
    }

    /// <summary>Opens the entries that a grantee lacks; a grantee without a provider index gets one.</summary>
    public static void OpenEntries(BlockDraft draft, LlpcName name, Address grantee, ulong grant, ulong height)
    {
        if (UserIndexBook.OpenEntry(draft, name, grantee) is null)
        {
            UserIndexBook.Open(draft, name, grantee, grant, height);
        }

        if (draft.ProviderIndex(grantee) is null)
        {
            draft.Set(StateKeys.ProviderIndex(grantee), new Index { CreatedHeight = height });
        }

        if (ProviderIndexBook.OpenEntry(draft, name, grantee) is null)
        {
            ProviderIndexBook.Open(draft, name, grantee, grant, height);
        }
    }

    private static Ending EndingOf(ContractEvent told, ulong withGrant, BlockDraft draft) => new()
    {
        Cause = told.Kind switch
        {
            ContractEventKind.AccessRenounced => EndCause.Renounced,
            ContractEventKind.AccessExpired => EndCause.Expired,
            _ => EndCause.Revoked,
        },
        Actor = told.Actor?.ToField() ?? ByteString.Empty,
        TimeUnixMs = draft.TimeUnixMs,
        WithGrant = withGrant,
    };

    private static void CloseOne(BlockDraft draft, LlpcName name, LiveGrant ended, Ending ending, ulong height)
    {
        StateKey key = StateKeys.Grant(name, ended.Number);
        if (ended.Grant.Interval.EndUnixMs != 0)
        {
            draft.Unschedule(new ExpiryEntry(ended.Grant.Interval.EndUnixMs, key));
        }

        ended.Grant.Interval.ToHeight = height;
        ended.Grant.Ending = ending;
        draft.Set(key, ended.Grant);
    }
}
