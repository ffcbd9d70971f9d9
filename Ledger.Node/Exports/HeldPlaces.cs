using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Node.Anchoring;
using Ledger.Node.Disclosures;
using Ledger.Node.Erasure;
using Ledger.Node.Notices;
using Ledger.Node.Records.Import;
using Ledger.Primitives;

namespace Ledger.Node.Exports;

/// <summary>
/// What a node keeps of a person beside its records: accounts, classes, claims that wait, where it is told of requests,
/// its wishes, what is to be erased, and what it shows by a link.
/// </summary>
public sealed class HeldPlaces(
    LearnerPairs pairs,
    ClaimBook claims,
    RosterBook roster,
    NoticeBook notices,
    EarlierWishes earlier,
    ErasureList erasures,
    DisclosureShelf disclosures)
{
    /// <summary>Classes that are read at a time.</summary>
    private const int ClassesAtOnce = 100;

    /// <summary>The accounts of learners, each once.</summary>
    public IReadOnlyList<string> AccountsOf(IReadOnlyCollection<Address> learners) =>
    [
        .. pairs.From(null).Where(pair => learners.Contains(pair.Learner)).Select(static pair => pair.ActorKey)
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>What is kept of accounts.</summary>
    public IEnumerable<HeldItem> OfAccounts(IReadOnlyCollection<string> accounts) =>
        ClassesOf(accounts).Concat(ClaimsOf(accounts));

    /// <summary>What is kept of a learner; where it is told of requests, only to who consents for it.</summary>
    public IEnumerable<HeldItem> OfLearner(Address learner, bool withNotices)
    {
        if (withNotices && notices.Find(learner) is { } told)
        {
            yield return new HeldItem
            {
                Notices = new HeldNotices
                {
                    Webhook = told.Webhook,
                    Mail = told.Mail,
                    SetUnixMs = told.Set.ToUnixTimeMilliseconds(),
                    Undelivered = (uint)notices.Undelivered(learner),
                },
            };
        }

        if (earlier.Wanted(learner) is { } asked)
        {
            yield return new HeldItem { EarlierUnixMs = asked.ToUnixTimeMilliseconds() };
        }

        foreach (ErasureOrder order in erasures.Orders().Where(order => order.Learner == learner))
        {
            yield return new HeldItem { Erasure = View(order) };
        }

        foreach (ShelvedDisclosure shown in disclosures.List(learner))
        {
            yield return new HeldItem { Disclosure = View(shown) };
        }
    }

    private IEnumerable<HeldItem> ClassesOf(IReadOnlyCollection<string> accounts)
    {
        string after = string.Empty;
        while (roster.After(after, ClassesAtOnce) is { Count: > 0 } page)
        {
            foreach (RosterClass one in page)
            {
                foreach (RosterMember member in one.Members)
                {
                    foreach (string account in member.Accounts.Where(accounts.Contains))
                    {
                        yield return new HeldItem
                        {
                            Class = new HeldClass
                            {
                                Id = one.Id, Title = one.Title, Course = one.Course, Role = member.Role,
                                Account = account,
                            },
                        };
                    }
                }
            }

            after = page[^1].Id;
        }
    }

    private IEnumerable<HeldItem> ClaimsOf(IReadOnlyCollection<string> accounts) => claims.From(0)
        .Where(claim => claim.ActorKeys.Any(accounts.Contains))
        .Select(static claim => new HeldItem
        {
            Claim = new HeldClaim { Number = claim.Claim, Accounts = { claim.ActorKeys } },
        });

    private static HeldErasure View(ErasureOrder order) => new()
    {
        Order = ByteString.CopyFrom(order.Id.ToArray()),
        ListedUnixMs = order.ListedUnixMs,
        Records = order.Records,
        Removed = order.Removed,
        Scrubbed = order.Scrubbed,
        Settled = order.Settled,
    };

    private static HeldDisclosure View(ShelvedDisclosure shown) => new()
    {
        Id = shown.Id.ToField(),
        SinceUnixMs = shown.SinceUnixMs,
        EndsUnixMs = shown.EndsUnixMs,
        Withdrawn = shown.State == SharedState.Withdrawn,
        Words = shown.Words,
    };
}
