using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Transactions;

/// <summary>Says in words what a call about staff or a testimonial asks for.</summary>
public static class StaffText
{
    /// <summary>One line, with whole addresses and dates.</summary>
    public static string Describe(Operation operation) => operation.CallCase switch
    {
        Operation.CallOneofCase.StaffAppoint =>
            $"take {Name(operation.StaffAppoint.Staff)} on as {Describe(operation.StaffAppoint.Roles)} "
            + $"from {Date(operation.StaffAppoint.JoinedUnixMs)}{Until(operation.StaffAppoint.UntilUnixMs)}",
        Operation.CallOneofCase.StaffAssign =>
            $"make {Name(operation.StaffAssign.Staff)} {Describe(operation.StaffAssign.Roles)} "
            + $"from {Date(operation.StaffAssign.FromUnixMs)}",
        Operation.CallOneofCase.StaffEnd =>
            $"end the work of {Name(operation.StaffEnd.Staff)} at {Name(operation.StaffEnd.Institution)} "
            + $"at {Date(operation.StaffEnd.LeftUnixMs)}",
        Operation.CallOneofCase.TestimonialIssue =>
            $"testify about {Name(operation.TestimonialIssue.Learner)} for "
            + $"{Name(operation.TestimonialIssue.Institution)} at {Date(operation.TestimonialIssue.DatedUnixMs)}, "
            + (operation.TestimonialIssue.Uri.Length == 0 ? "confidentially" : operation.TestimonialIssue.Uri),
        Operation.CallOneofCase.TestimonialWithdraw =>
            $"withdraw testimonial {operation.TestimonialWithdraw.Number} about "
            + $"{Name(operation.TestimonialWithdraw.Learner)} by {Name(operation.TestimonialWithdraw.Institution)}",
        _ => "nothing that this program knows",
    };

    /// <summary>Roles by name, such as <c>teacher, data-officer</c>.</summary>
    public static string Describe(RepeatedField<StaffRole> roles) => string.Join(", ", roles.Select(Describe));

    /// <summary>A role by name.</summary>
    public static string Describe(StaffRole role) => role switch
    {
        StaffRole.Teacher => "teacher",
        StaffRole.Mentor => "mentor",
        StaffRole.Registrar => "registrar",
        StaffRole.Administrator => "administrator",
        StaffRole.DataOfficer => "data-officer",
        StaffRole.Researcher => "researcher",
        StaffRole.Unspecified => "unknown",
        _ => "unknown",
    };

    private static string Until(long unixMs) => unixMs == 0 ? string.Empty : $" until {Date(unixMs)}";

    private static string Date(long unixMs) =>
        unixMs is < 0 or > 253_402_300_799_999
            ? unixMs.ToString(CultureInfo.InvariantCulture)
            : DateTimeOffset.FromUnixTimeMilliseconds(unixMs).ToString(
                "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Name(ByteString address) =>
        Address.TryRead(address.Span, out Address read) ? read.ToString() : "(no address)";
}
