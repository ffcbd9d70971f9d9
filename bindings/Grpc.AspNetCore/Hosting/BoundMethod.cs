using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Hosting;

/// <summary>A method of a service, ready to be an endpoint.</summary>
/// <param name="Method">The method.</param>
/// <param name="Handler">Answers requests.</param>
/// <param name="Attributes">The attributes of the class and of the handling method, such as authorization.</param>
internal sealed record BoundMethod(IMethod Method, RequestDelegate Handler, object[] Attributes);
