package dev.roost.host.export;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One trigger of KEDA: the same type and metadata that Container Apps take as a custom rule.
 *
 * @param name of the function, for people and for Container Apps
 * @param type KEDA's name of the scaler
 * @param metadata its parameters, all texts
 * @param identity true when the scaler signs in with a workload identity
 */
record Rule(String name, String type, ObjectNode metadata, boolean identity) {}
