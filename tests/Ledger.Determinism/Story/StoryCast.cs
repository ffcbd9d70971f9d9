using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;

namespace Ledger.Determinism.Story;

/// <summary>Who takes part: founders, institutions that come later, and learners.</summary>
public sealed class StoryCast
{
    private const int FoundersCount = 6;

    private readonly List<TestParty> institutions =
        [.. Enumerable.Range(1, FoundersCount).Select(number => new TestParty($"school{number}"))];
    private readonly List<TestParty> learners =
        [.. Enumerable.Range(1, 12).Select(number => new TestParty($"learner{number}"))];

    /// <summary>Verbs whose case differs by language, besides the one that the calls of the tests take.</summary>
    public static string[] Verbs { get; } =
        [Calls.Verb, Calls.Verb, "http://id.tincanapi.com/verb/VIEWED-i", "https://w3id.org/xapi/İı/verb"];

    /// <summary>Who founds the ledger.</summary>
    public TestParty[] Founders => [.. institutions.Take(FoundersCount)];

    /// <summary>Somebody new comes now and then, so that the ledger grows.</summary>
    public void Grow(int round)
    {
        if (round % 40 == 0)
        {
            institutions.Add(new TestParty($"school{institutions.Count + 1}"));
        }

        if (round % 5 == 0)
        {
            learners.Add(new TestParty($"learner{learners.Count + 1}"));
        }
    }

    /// <summary>Those who vote now.</summary>
    public TestParty[] Members(TestLedger ledger)
    {
        Google.Protobuf.Collections.RepeatedField<Google.Protobuf.ByteString> members = ledger.State.Roll().Members;
        return [.. institutions.Where(one => members.Contains(one.Address.ToField()))];
    }

    /// <summary>Who waits for the votes of the members, or else anybody.</summary>
    public TestParty Candidate(TestLedger ledger, TestRandom random)
    {
        TestParty[] pending = [.. institutions.Where(one =>
            ledger.State.Institution(one.Address)?.Status == InstitutionStatus.Pending)];
        return pending.Length > 0 ? pending[random.Below(pending.Length)] : Institution(random);
    }

    /// <summary>An institution that has not asked to join yet, or null.</summary>
    public TestParty? Newcomer(TestLedger ledger) =>
        institutions.Find(one => ledger.State.Institution(one.Address) is null);

    /// <summary>A learner, rather one of the newest, so that not everything has been done already.</summary>
    public TestParty Learner(TestRandom random) => Late(learners, random);

    /// <summary>An institution.</summary>
    public TestParty Institution(TestRandom random) =>
        random.Below(4) == 0 ? Late(institutions, random) : institutions[random.Below(FoundersCount)];

    /// <summary>Either.</summary>
    public TestParty Anybody(TestRandom random) => random.Below(2) == 0 ? Learner(random) : Institution(random);

    private static TestParty Late(List<TestParty> all, TestRandom random) =>
        all[^(1 + random.Below(Math.Min(all.Count, 12)))];
}
