using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;

namespace Ledger.Contracts.Tests.Contracts;

/// <summary>Versions of the rules: announced, decided, in force.</summary>
[TestFixture]
public sealed class UpgradeTests
{
    // The first version that this program lacks.
    private const uint Lacking = RulesVersions.Newest + 1;

    private readonly TestParty[] schools =
        [.. Enumerable.Range(1, 4).Select(number => new TestParty($"school{number}"))];
    private TestLedger ledger = null!;

    [SetUp]
    public void Begin() => ledger = new TestLedger(schools);

    [Test]
    public void A_version_is_in_force_from_its_height_on_once_q_seats_have_announced_it()
    {
        Decide(Lacking, 10);
        Announce(schools[0], Lacking);
        Announce(schools[1], Lacking + 1);
        Assert.That(RulesVersions.InForce(ledger.State, 10), Is.EqualTo(1), "Two of four are no quorum.");
        Announce(schools[2], Lacking);
        Assert.That(ledger.Height, Is.LessThan(9));
        Assert.That(RulesVersions.InForce(ledger.State, 9), Is.EqualTo(1), "Not before its height.");
        Assert.That(RulesVersions.InForce(ledger.State, 10), Is.EqualTo(Lacking));
        Assert.That(RulesVersions.InForce(ledger.State, 1_000), Is.EqualTo(Lacking), "Nor does it wait for one block.");
        Assert.That(RulesVersions.Active(ledger.State), Is.EqualTo(1));
    }

    [Test]
    public void A_program_that_lacks_the_version_stops_with_a_clear_message_before_it_executes()
    {
        InForceNext();
        UnknownRulesException stop = Assert.Throws<UnknownRulesException>(() => ledger.Block())!;
        Assert.That(stop.Version, Is.EqualTo(Lacking));
        Assert.That(stop.Message, Does.Contain($"version {Lacking}").And.Contain("Install"));
    }

    [Test]
    public void The_first_block_of_a_version_writes_it_down_and_later_ones_follow_it()
    {
        InForceNext();
        BlockContext context = new(ledger.Height + 1, ledger.TimeMs + 1, ledger.ChainId, ledger.Heads)
        {
            NewestRules = Lacking,
        };
        BlockResult block = BlockExecutor.Execute(ledger.State, ledger.Records, context, []);
        Assert.That(block.Events.Select(one => (one.Kind, one.Number)), Is.EqualTo(new[]
        {
            (ContractEventKind.RulesUpgraded, (ulong)Lacking),
        }));
        Assert.That(RulesVersions.Active(block.State), Is.EqualTo(Lacking));
        Assert.That(RulesVersions.InForce(block.State, context.Height + 1), Is.EqualTo(Lacking));
        RulesInstance instance = block.State.OpenInstance(StateKeys.Rules, RulesInstance.Parser)!;
        Assert.That(instance.Interval.FromHeight, Is.EqualTo(context.Height));
        BlockContext next = context with
        {
            NewestRules = RulesVersions.Newest,
            Height = context.Height + 1,
            Heads = ledger.Heads.With(TestLedger.HashOfBlock(context.Height)),
        };
        Assert.That(
            () => BlockExecutor.Execute(block.State, ledger.Records, next, []),
            Throws.TypeOf<UnknownRulesException>());
    }

    [Test]
    public void Only_the_holder_of_a_seat_announces_and_only_what_is_newer()
    {
        TestParty member = new("member");
        ledger.AddMember(member, InstitutionKind.LearningProvider, schools[0], schools[1], schools[2]);
        ledger.Expect(ResultCode.NoSeat, member, Announcement(Lacking));
        ledger.Expect(ResultCode.VersionNotNewer, schools[0], Announcement(1));
        Announce(schools[0], Lacking);
        ledger.Expect(ResultCode.VersionNotNewer, schools[0], Announcement(Lacking));
        Announce(schools[0], Lacking + 1);
    }

    [Test]
    public void An_upgrade_is_to_a_version_above_the_one_in_force_and_the_one_decided()
    {
        ledger.Expect(ResultCode.VersionNotNewer, schools[0], Proposal(1, 10));
        Decide(3, 100);
        ledger.Expect(ResultCode.VersionNotNewer, schools[0], Proposal(3, 200));
        ledger.Expect(ResultCode.VersionNotNewer, schools[0], Proposal(2, 200));
        ledger.Accept(schools[0], Proposal(4, 200));
    }

    private void InForceNext()
    {
        Decide(Lacking, 1);
        Announce(schools[0], Lacking);
        Announce(schools[1], Lacking);
        Announce(schools[2], Lacking);
    }

    private void Decide(uint version, ulong height)
    {
        ulong number = ledger.Accept(schools[0], Proposal(version, height)).Number;
        ledger.Accept(schools[1], Calls.VoteOn(number));
        Assert.That(ledger.Accept(schools[2], Calls.VoteOn(number)).Ballot, Is.EqualTo(BallotState.Approved));
    }

    private void Announce(TestParty who, uint version) => ledger.Accept(who, Announcement(version));

    private static Operation Announcement(uint version) =>
        new() { AnnounceVersion = new AnnounceVersion { Version = version } };

    private static Operation Proposal(uint version, ulong height) => Calls.Upgrade(version, height);
}
