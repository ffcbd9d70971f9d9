using Grpc.AspNetCore.Server;
using Grpc.AspNetCore.Server.Calls;
using Grpc.AspNetCore.Server.Hosting;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps gRPC services to endpoints.</summary>
public static class GrpcEndpointRouteBuilderExtensions
{
    private static readonly string[] post = [HttpMethods.Post];

    /// <summary>Maps the methods of a service.</summary>
    /// <typeparam name="TService">
    /// Derives from the generated base class. Each call takes it from the container or, if it is not registered, makes
    /// one of its own.
    /// </typeparam>
    /// <param name="builder">Where.</param>
    public static GrpcServiceEndpointConventionBuilder MapGrpcService<TService>(this IEndpointRouteBuilder builder)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.ServiceProvider;
        var mapped = services.GetService<MappedServices>() ?? throw new InvalidOperationException(
            "The services of gRPC are not registered: call IServiceCollection.AddGrpc first.");
        var options = services.GetRequiredService<IOptions<GrpcServiceOptions>>().Value;
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger<TService>();
        var binder = new ServiceMethodBinder<TService>(new CallRunner(options, logger));
        binder.Bind();

        var endpoints = new List<IEndpointConventionBuilder>();
        foreach (var method in binder.Methods)
        {
            endpoints.Add(builder
                .MapMethods(method.Method.FullName, post, method.Handler)
                .WithDisplayName($"gRPC - {method.Method.FullName}")
                .WithMetadata(method.Attributes)
                .WithMetadata(new GrpcMethodMetadata(typeof(TService), method.Method)));
        }

        MapUnknown(builder, binder.Methods.Select(method => method.Method.ServiceName), mapped, options);
        return new GrpcServiceEndpointConventionBuilder(endpoints);
    }

    private static void MapUnknown(
        IEndpointRouteBuilder builder,
        IEnumerable<string> serviceNames,
        MappedServices mapped,
        GrpcServiceOptions options)
    {
        foreach (var serviceName in serviceNames.Where(mapped.TryAdd))
        {
            MapRefusal(
                builder, $"{serviceName}/{{unknownMethod:{GrpcRequestConstraint.Name}}}", "Method is unimplemented.");
        }

        if (options.IgnoreUnknownServices != true && mapped.TryAddFallback())
        {
            MapRefusal(
                builder,
                $"{{unknownService}}/{{unknownMethod:{GrpcRequestConstraint.Name}}}",
                "Service is unimplemented.");
        }
    }

    private static void MapRefusal(IEndpointRouteBuilder builder, string pattern, string detail) => builder
        .MapMethods(pattern, post, context => CallRunner.RefuseAsync(
            context, new Status(StatusCode.Unimplemented, detail)))
        .WithDisplayName($"gRPC - {detail}");
}
