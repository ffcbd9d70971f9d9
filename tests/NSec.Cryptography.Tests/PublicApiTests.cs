using Ledger.Testing;

namespace NSec.Cryptography.Tests;

public sealed class PublicApiTests
{
    [Test]
    public void The_public_members_are_those_of_the_golden_file() =>
        PublicApiText.AssertMatches(typeof(Ed25519).Assembly, "bindings/NSec.Cryptography/PublicApi.txt");
}
