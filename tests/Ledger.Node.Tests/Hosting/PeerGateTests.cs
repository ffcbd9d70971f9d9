using System.Net;
using Ledger.Node.Hosting;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Hosting;

public sealed class PeerGateTests
{
    private static readonly IPAddress Far = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Near = IPAddress.Parse("198.51.100.7");

    private readonly List<PeerGuest> closed = [];
    private PeerGate gate = null!;

    [SetUp]
    public void Open()
    {
        gate = new PeerGate(TimeProvider.System);
        closed.Clear();
    }

    [Test]
    public void One_stranger_too_many_of_a_network_takes_the_place_of_its_oldest()
    {
        PeerGuest other = Enter(Near);
        PeerGuest[] strangers = Enter(Far, PeerGate.StrangersOfNetworkMax);
        PeerGuest last = Enter(Far);

        Assert.That(closed, Is.EqualTo(new[] { strangers[0] }));
        Assert.That(gate.Strangers, Is.EqualTo(PeerGate.StrangersOfNetworkMax + 1));
        Assert.That(closed, Has.None.EqualTo(other).And.None.EqualTo(last));
    }

    [Test]
    public void Where_all_places_are_taken_the_network_with_most_strangers_gives_one_up()
    {
        PeerGuest[] many = Enter(Far, PeerGate.StrangersOfNetworkMax);
        for (byte network = 1; gate.Strangers < PeerGate.StrangersMax; network++)
        {
            Enter(new IPAddress([203, 0, 113, network]));
        }

        Enter(Near);

        Assert.That(closed, Is.EqualTo(new[] { many[0] }));
        Assert.That(gate.Strangers, Is.EqualTo(PeerGate.StrangersMax));
    }

    [Test]
    public void A_connection_that_an_institution_has_gives_way_to_no_stranger()
    {
        PeerGuest validator = Enter(Far);
        validator.Prove(Institution(1));

        Enter(Far, 10 * PeerGate.StrangersOfNetworkMax);

        Assert.That(closed, Has.None.EqualTo(validator));
        Assert.That(gate.Strangers, Is.EqualTo(PeerGate.StrangersOfNetworkMax));
    }

    [Test]
    public void An_institution_has_a_few_connections_and_the_oldest_give_way()
    {
        PeerGuest other = Enter(Far);
        other.Prove(Institution(2));
        PeerGuest[] own = Enter(Far, PeerGate.ConnectionsOfInstitutionMax + 1);
        Array.ForEach(own, guest => guest.Prove(Institution(1)));
        Assert.That(closed, Is.EqualTo(new[] { own[0] }));

        // One that has ended makes room.
        gate.Leave(own[1]);
        Enter(Far).Prove(Institution(1));
        Assert.That(closed, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_proof_that_comes_after_the_end_changes_nothing()
    {
        PeerGuest late = Enter(Far);
        gate.Leave(late);

        late.Prove(Institution(1));

        Assert.That(late.Institution, Is.Null);
        Assert.That(gate.Strangers, Is.Zero);
    }

    [TestCase("192.0.2.9", "192.0.2.9")]
    [TestCase("::ffff:192.0.2.9", "192.0.2.9")]
    [TestCase("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    public void A_network_is_an_address_or_64_bits_of_one(string caller, string network) =>
        Assert.That(PeerGate.NetworkOf(IPAddress.Parse(caller)), Is.EqualTo(IPAddress.Parse(network)));

    private static Address Institution(byte fill) => new([.. Enumerable.Repeat(fill, Hash256.Size)]);

    private PeerGuest[] Enter(IPAddress origin, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Enter(origin))];

    private PeerGuest Enter(IPAddress origin)
    {
        PeerGuest? guest = null;
        guest = gate.Enter(origin, _ => closed.Add(guest!));
        return guest;
    }
}
