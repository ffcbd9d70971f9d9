using Google.Protobuf;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.State;

public sealed class StateValuesTests
{
    private static readonly Address Somebody = new(TaggedHash.Of(Tags.Genesis, "somebody"u8));

    [TestCaseSource(nameof(Kinds))]
    public void Every_kind_of_key_says_what_its_value_is(StateKind kind) => Assert.That(
        StateValues.ParserOf(kind), Is.Not.Null,
        $"{kind} has no arm in Ledger.Contracts/State/StateValues.cs: add the parser of the message that it holds.");

    [Test]
    public void A_number_that_names_no_kind_has_no_value() =>
        Assert.That(StateValues.ParserOf((StateKind)0xff), Is.Null);

    [Test]
    public void A_series_begins_with_its_counter()
    {
        InstanceSeries keys = StateKeys.SigningKeys(Somebody);
        InstanceSeries endpoints = StateKeys.Endpoints(Somebody, EndpointKind.Box);

        Assert.That(Parser(keys.Counter), Is.EqualTo(Counter.Parser));
        Assert.That(Parser(endpoints.Counter), Is.EqualTo(Counter.Parser));
        Assert.That(Parser(keys.At(1)), Is.EqualTo(KeyInstance.Parser));
        Assert.That(Parser(endpoints.At(2)), Is.EqualTo(EndpointInstance.Parser));
    }

    [Test]
    public void A_key_without_a_number_has_no_counter()
    {
        Assert.That(StateValues.IsNumbered(StateKeys.Roll), Is.False);
        Assert.That(StateValues.IsNumbered(StateKeys.Institution(Somebody)), Is.False);
        Assert.That(StateValues.IsNumbered(StateKeys.Domain("12345678")), Is.False, "a domain of eight letters");
    }

    private static IEnumerable<StateKind> Kinds() => Enum.GetValues<StateKind>();

    private static MessageParser? Parser(StateKey key) => StateValues.ParserOf(key);
}
