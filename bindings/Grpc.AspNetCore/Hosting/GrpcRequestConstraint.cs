using Grpc.Net.Client.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Grpc.AspNetCore.Server.Hosting;

/// <summary>
/// Restricts the routes of unknown services and methods to gRPC requests, so that they do not take those of other
/// endpoints.
/// </summary>
internal sealed class GrpcRequestConstraint : IRouteConstraint
{
    internal const string Name = "grpcrequest";

    public bool Match(
        HttpContext? httpContext,
        IRouter? route,
        string routeKey,
        RouteValueDictionary values,
        RouteDirection routeDirection) => WireNames.IsGrpc(httpContext?.Request.ContentType);
}
