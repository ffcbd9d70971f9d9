using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server.Hosting;

/// <summary>The only builder there is.</summary>
internal sealed class GrpcServerBuilder(IServiceCollection services) : IGrpcServerBuilder
{
    public IServiceCollection Services { get; } = services;
}
