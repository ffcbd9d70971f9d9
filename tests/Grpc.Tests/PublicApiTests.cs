using Grpc.AspNetCore.Server;
using Grpc.Net.Client;
using Ledger.Testing;

namespace Grpc.Tests;

/// <summary>The public members of the stand-ins, which the real packages have to have too.</summary>
public sealed class PublicApiTests
{
    [Test]
    public void The_client_has_the_members_of_its_golden_file() =>
        PublicApiText.AssertMatches(typeof(GrpcChannel).Assembly, "bindings/Grpc.Net.Client/PublicApi.txt");

    [Test]
    public void The_server_has_the_members_of_its_golden_file() =>
        PublicApiText.AssertMatches(typeof(GrpcServiceOptions).Assembly, "bindings/Grpc.AspNetCore/PublicApi.txt");
}
