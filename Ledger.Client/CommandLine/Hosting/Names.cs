using Google.Protobuf.Reflection;
using Ledger.Client.Protos;
using Ledger.Contracts.Protos;

namespace Ledger.CommandLine.Hosting;

/// <summary>Names of enumerated values as the protocol writes them, in lower case where they are for people.</summary>
internal static class Names
{
    /// <summary>A result, such as <c>ALREADY_VOTED</c>.</summary>
    public static string Of(ResultCode code) =>
        Find(ResultReflection.Descriptor, nameof(ResultCode), (int)code) ?? "UNKNOWN";

    /// <summary>pending, decided, refused, expired or unknown.</summary>
    public static string Of(OutcomeState state) => Lower(state.ToString());

    /// <summary>learning-provider or organisation.</summary>
    public static string Of(InstitutionKind kind) => kind switch
    {
        InstitutionKind.LearningProvider => "learning-provider",
        InstitutionKind.Organisation => "organisation",
        InstitutionKind.Unspecified => "unknown",
        _ => "unknown",
    };

    /// <summary>pending, member or rejected.</summary>
    public static string Of(InstitutionStatus status) => Lower(status.ToString());

    /// <summary>peer, api or box.</summary>
    public static string Of(EndpointKind kind) => Lower(kind.ToString());

    /// <summary>A name in lower case.</summary>
    public static string Lower(string name) => name.ToLowerInvariant();

    private static string? Find(FileDescriptor file, string type, int number) =>
        file.EnumTypes.Single(one => one.Name == type).FindValueByNumber(number)?.Name;
}
