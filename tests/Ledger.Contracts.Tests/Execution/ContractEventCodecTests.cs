using Google.Protobuf;
using Ledger.Contracts.Execution;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Tests.Support;

namespace Ledger.Contracts.Tests.Execution;

/// <summary>Events as nodes keep and tell them.</summary>
[TestFixture]
public sealed class ContractEventCodecTests
{
    private static readonly TestParty Ann = new("ann");
    private static readonly TestParty Ben = new("ben");

    private static readonly ContractEvent Whole = new(ContractEventKind.AccessGranted)
    {
        Actor = Ann.Address,
        Learner = Ann.Address,
        Subject = Ben.Address,
        Verb = Calls.Verb,
        Number = 7,
        Rights = AccessBits.Read | AccessBits.GrantRead,
        Place = new OperationPlace(new TestRandom(1).Hash(), 2, 3),
    };

    [TestCaseSource(nameof(Events))]
    public void What_is_written_is_read_again(ContractEvent one)
    {
        EventMessage message = EventMessage.Parser.ParseFrom(ContractEventCodec.ToMessage(one).ToByteArray());

        Assert.That(ContractEventCodec.TryRead(message, out ContractEvent? read), Is.True);
        Assert.That(read, Is.EqualTo(one));
    }

    [Test]
    public void A_message_that_is_used_again_keeps_nothing_of_the_event_before()
    {
        EventMessage used = new();
        foreach (ContractEvent one in (ContractEvent[])[.. Events(), Whole with { Subject = null }, .. Events()])
        {
            ContractEventCodec.Write(one, used);

            Assert.That(used, Is.EqualTo(ContractEventCodec.ToMessage(one)));
        }
    }

    [Test]
    public void A_field_of_another_length_is_not_read() => Assert.Multiple(() =>
    {
        Refused(static message => message.Actor = ByteString.CopyFrom(1));
        Refused(static message => message.Learner = ByteString.CopyFrom(1));
        Refused(static message => message.Subject = ByteString.CopyFrom(1));
        Refused(static message => message.TransactionId = ByteString.CopyFrom(1));
    });

    private static void Refused(Action<EventMessage> change)
    {
        EventMessage message = ContractEventCodec.ToMessage(Whole);
        change(message);
        Assert.That(ContractEventCodec.TryRead(message, out _), Is.False);
    }

    private static IEnumerable<ContractEvent> Events() =>
    [
        Whole,
        new(ContractEventKind.AccessExpired),
        new(ContractEventKind.LearnerCreated) { Learner = Ann.Address, Actor = Ann.Address },
    ];
}
