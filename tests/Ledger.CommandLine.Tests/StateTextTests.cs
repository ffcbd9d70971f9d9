using Google.Protobuf;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;

namespace Ledger.CommandLine.Tests;

/// <summary>Values of the state and events, whatever contract they are of, in words.</summary>
public sealed class StateTextTests
{
    [TestCaseSource(nameof(Kinds))]
    public void A_value_of_every_kind_is_described(StateKind kind)
    {
        IMessage empty = StateValues.ParserOf(kind)!.ParseFrom([]);

        Assert.That(StateText.Describe(empty), Is.Empty, "a value in which nothing is set");
        Assert.That(StateKinds.Read(StateKinds.NameOf(kind)), Is.EqualTo(kind));
    }

    [Test]
    public void A_grant_is_described_by_its_fields_in_words()
    {
        GrantInstance grant = new()
        {
            Interval = new Interval { FromHeight = 7, ToHeight = 9 },
            Grantee = ByteString.CopyFrom(1, 2),
            Rights = new Rights { Read = true },
            Depth = 1,
            Ending = new Ending { Cause = EndCause.Revoked, TimeUnixMs = 1_700_000_000_000 },
        };

        Assert.That(StateText.Describe(grant), Is.EqualTo("grantee 0102; rights {read yes}; depth 1"));
        object?[] row = StateRows.Of(StateKeys.Roll, grant, Validity.Ended);
        Assert.That(row[2], Is.EqualTo(7));
        Assert.That(row[3], Is.EqualTo(9));
        Assert.That(row[5], Is.EqualTo("ended"));
        Assert.That(row[6], Is.EqualTo("revoked 2023-11-14T22:13:20Z"));
        Assert.That(StateRows.Of(StateKeys.Roll, grant, 8, 0)[5], Is.EqualTo("valid"));
    }

    [Test]
    public void Long_lists_are_cut_and_counted() => Assert.That(
        StateText.Describe(new SeatProposer { Proposals = { Enumerable.Range(1, 20).Select(static n => (ulong)n) } }),
        Is.EqualTo("proposals [1, 2, 3, 4, 5, 6, 7, 8, … 20 in all]"));

    [TestCase("uic", StateKind.UserIndexEntry)]
    [TestCase("PIC", StateKind.ProviderIndexEntry)]
    [TestCase("signing-key", StateKind.SigningKey)]
    public void Kinds_have_names(string name, StateKind kind) =>
        Assert.That(StateKinds.Read(name), Is.EqualTo(kind));

    [Test]
    public void A_name_that_is_none_is_wrong_use_and_lists_them()
    {
        Assert.That(
            Assert.Throws<CommandException>(() => StateKinds.Read("nonsense"))!.Message, Does.Contain("record-range"));
        Assert.That(
            Assert.Throws<CommandException>(() => EventKinds.Read("nonsense"))!.Message,
            Does.Contain("access-granted"));
    }

    [Test]
    public void Every_kind_of_event_has_a_name_that_is_read_again()
    {
        foreach (ContractEventKind kind in Enum.GetValues<ContractEventKind>())
        {
            Assert.That(EventKinds.Read(EventKinds.NameOf(kind)), Is.EqualTo(kind));
        }

        Assert.That(EventKinds.NameOf((ContractEventKind)9_999), Is.EqualTo("event-9999"));
    }

    private static IEnumerable<StateKind> Kinds() => Enum.GetValues<StateKind>();
}
