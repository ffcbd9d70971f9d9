using Ledger.Client.Keys;
using Ledger.Client.Seats;
using Ledger.Primitives;

namespace Ledger.Client.Tests.Seats;

public sealed class VoteKeyCardTests
{
    private string path = string.Empty;

    [SetUp]
    public void ChooseFile() => path = Path.Combine(
        Directory.CreateTempSubdirectory("vote-key-card-").FullName, "vote-key.json");

    [TearDown]
    public void RemoveFile() => Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

    [Test]
    public void A_card_is_read_as_it_was_written()
    {
        VoteKeyCard card = Card();
        card.Write(path);
        VoteKeyCard read = VoteKeyCard.Read(path);

        Assert.That(read with { Proof = card.Proof }, Is.EqualTo(card));
        Assert.That(read.Proof.ToArray(), Is.EqualTo(card.Proof.ToArray()));
    }

    [Test]
    public void A_card_for_another_institution_or_chain_than_its_proof_is_refused()
    {
        VoteKeyCard card = Card();
        (card with { Institution = new Address(new byte[Address.Size]) }).Write(path);
        Assert.Throws<FormatException>(() => VoteKeyCard.Read(path));
        (card with { ChainId = TaggedHash.Of(Tags.Genesis, [2]) }).Write(path);
        Assert.Throws<FormatException>(() => VoteKeyCard.Read(path));
    }

    [TestCase("")]
    [TestCase("{}")]
    [TestCase("{\"chainId\":\"00\",\"institution\":\"00\",\"voteKey\":\"0\",\"proof\":\"zz\"}")]
    public void Anything_else_is_no_card(string text)
    {
        File.WriteAllText(path, text);

        FormatException refusal = Assert.Throws<FormatException>(() => VoteKeyCard.Read(path))!;
        Assert.That(refusal.Message, Does.Contain("vote-key card"));
    }

    private static VoteKeyCard Card()
    {
        using SigningKey institution = SigningKey.Create();
        using SigningKey vote = SigningKey.Create();
        return VoteKeyCard.Create(TaggedHash.Of(Tags.Genesis, [1]), institution.Address, vote);
    }
}
