using Ledger.Contracts.Verbs;

namespace Ledger.Contracts.Tests.Verbs;

[TestFixture]
public sealed class VerbTableTests
{
    private readonly VerbTable table = VerbTable.Standard;

    [Test]
    public void The_table_holds_53_caliper_actions_and_182_xapi_verbs()
    {
        Assert.That(table.All.Count(verb => verb.Vocabulary == "caliper"), Is.EqualTo(53));
        Assert.That(table.All.Count(verb => verb.Vocabulary == "xapi"), Is.EqualTo(182));
        Assert.That(table.All.Where(verb => verb.Vocabulary == "caliper").Max(verb => verb.Id), Is.EqualTo(52));
        Assert.That(table.All.Where(verb => verb.Vocabulary == "xapi").Min(verb => verb.Id), Is.EqualTo(1000));
    }

    [Test]
    public void Every_code_and_every_iri_is_found()
    {
        foreach (Verb verb in table.All)
        {
            Assert.That(table.TryGet(verb.Id, out Verb? byId) && byId == verb, Is.True);
            Assert.That(table.TryGet(verb.Iri, out Verb? byIri) && byIri.Iri == verb.Iri, Is.True);
            Assert.That(table.WithLabel(verb.Label), Does.Contain(verb));
        }
    }

    [Test]
    public void A_label_with_several_iris_lists_them_all()
    {
        Assert.That(table.WithLabel("viewed").Select(verb => verb.Id), Is.EqualTo(new[] { 0x34, 0x48a }));
        Assert.That(table.WithLabel("no such verb"), Is.Empty);
    }

    [Test]
    public void Codes_are_shown_in_hex_beside_the_name()
    {
        Assert.That(
            table.Format("http://purl.imsglobal.org/vocab/caliper/v1/action#Viewed"), Is.EqualTo("viewed 0x34"));
        Assert.That(table.Format("http://id.tincanapi.com/verb/viewed"), Is.EqualTo("viewed 0x48a"));
        Assert.That(table.Format("https://example.org/own"), Is.EqualTo("https://example.org/own"));
    }

    [TestCase(-1)]
    [TestCase(53)]
    [TestCase(999)]
    [TestCase(1182)]
    public void Codes_outside_the_lists_are_not_found(int id) => Assert.That(table.TryGet(id, out _), Is.False);
}
