using Ledger.Testing;

namespace RocksDbSharp.Tests;

public sealed class PublicApiTests
{
    [Test]
    public void The_public_members_are_those_of_the_golden_file() =>
        PublicApiText.AssertMatches(typeof(RocksDb).Assembly, "bindings/RocksDbSharp/PublicApi.txt");
}
