using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using SocialHub.Functions;
using SocialHub.Functions.Worker;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<UnexpectedErrors>();
builder.Services.AddHubFunctions(builder.Configuration);
await builder.Build().RunAsync();
